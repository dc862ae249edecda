package dev.daypass.cases;

import static dev.daypass.cases.CaseRow.granted;
import static dev.daypass.cases.CaseRow.refusedFrom;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CertificateCall;
import dev.daypass.TestCa;
import dev.daypass.login.RequestSignatures;
import dev.daypass.login.SignedRequest;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** CASES 71 to 73 and 76, as far as they concern requests with a bearer token. */
final class RequestCases {
  private RequestCases() {}

  static List<CaseRow> rows() {
    List<CaseRow> rows = new ArrayList<>();
    rows.addAll(othersKeys());
    rows.addAll(otherRequests());
    rows.addAll(twoProviders());
    return List.copyOf(rows);
  }

  private static List<CaseRow> othersKeys() {
    String published = OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey().line();
    return List.of(
        refusedFrom(
            71,
            "a key from a public page, unsigned",
            403,
            "possession_required",
            scene ->
                scene
                    .call()
                    .member("public_key", published)
                    .withoutHeader("Daypass-Possession")
                    .send()),
        refusedFrom(
            71,
            "a key from a public page, signed by one's own",
            401,
            "signature_invalid",
            scene -> scene.call().member("public_key", published).send()),
        refusedFrom(
            72,
            "bearer without possession",
            403,
            "possession_required",
            scene -> scene.call().withoutHeader("Daypass-Possession").send()),
        refusedFrom(
            72,
            "key A asks for key B",
            401,
            "signature_invalid",
            scene -> scene.call().member("public_key", published).send()),
        refusedFrom(
            72,
            "key A asks for nothing",
            400,
            "missing_member",
            scene -> scene.call().withoutMember("public_key").send()));
  }

  private static List<CaseRow> otherRequests() {
    List<CaseRow> rows = new ArrayList<>();
    rows.add(over("another path", good -> with(good, "POST", "/v1/roles", "application/json")));
    rows.add(
        over("another query", good -> with(good, "POST", Scene.PATH + "?x=1", "application/json")));
    rows.add(over("another method", good -> with(good, "PUT", Scene.PATH, "application/json")));
    rows.add(
        over(
            "another content type",
            good -> with(good, "POST", Scene.PATH, "application/json; charset=utf-8")));
    rows.add(over("no content type", good -> with(good, "POST", Scene.PATH, "")));
    rows.add(
        over(
            "another body",
            good -> new SignedRequest("POST", Scene.PATH, "application/json", Bytes.ofUtf8("{}"))));
    rows.add(
        over(
            "a space more in the body",
            good ->
                new SignedRequest(
                    "POST",
                    Scene.PATH,
                    "application/json",
                    good.body().concat(Bytes.ofUtf8(" ")))));
    for (String origin : List.of("https://ca.example.com", "http://localhost", "")) {
      rows.add(
          refusedFrom(
              73,
              "origin " + origin,
              401,
              "signature_invalid",
              scene -> Signed.forOrigin(scene, origin).send()));
    }
    rows.add(
        refusedFrom(
            73,
            "the origin in upper case",
            401,
            "signature_invalid",
            scene ->
                Signed.forOrigin(scene, scene.ca().client().origin().toUpperCase(Locale.ROOT))
                    .send()));
    rows.add(
        refusedFrom(
            73,
            "a server's namespace",
            401,
            "signature_invalid",
            scene -> Signed.request(scene, RequestSignatures.HOST_NAMESPACE).send()));
    rows.add(
        refusedFrom(
            73,
            "by a certificate",
            401,
            "signature_invalid",
            scene -> Signed.byCertificate(scene).send()));
    rows.add(
        refusedFrom(
            73,
            "a second time",
            401,
            "signature_invalid",
            scene -> {
              CertificateCall call = scene.call();
              call.header("Daypass-Possession", call.possession(scene.key(), Scene.signingTime()));
              assertThat(call.send().status()).isEqualTo(201);
              return call.send();
            }));
    rows.add(
        refusedFrom(
            73,
            "an idempotent request without a new signature",
            401,
            "signature_invalid",
            scene -> {
              CertificateCall call = scene.call().header("Idempotency-Key", "once");
              call.header("Daypass-Possession", call.possession(scene.key(), Scene.signingTime()));
              assertThat(call.send().status()).isEqualTo(201);
              return call.send();
            }));
    rows.add(new CaseRow(73, "after a restart", RequestCases::afterRestart));
    return rows;
  }

  private static void afterRestart(Scene unused) throws Exception {
    try (TestCa ca = TestCa.start()) {
      var key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
      CertificateCall call =
          ca.client().certificate(key, ca.idp().token("alice@example.com", "dba"));
      assertThat(call.send().status()).isEqualTo(201);
      String header = call.possession(key, java.time.Instant.now());
      ca.restart();
      var answer = call.header("Daypass-Possession", header).sendOnce(java.time.Instant.now());
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.code()).isEqualTo("restarted");
      ca.checkInvariants();
    }
  }

  private static CaseRow over(String what, UnaryOperator<SignedRequest> change) {
    return refusedFrom(
        73,
        what,
        401,
        "signature_invalid",
        scene -> {
          CertificateCall call = scene.call();
          return call.header(
                  "Daypass-Possession", scene.possession(change.apply(Signed.good(call))))
              .send();
        });
  }

  private static SignedRequest with(
      SignedRequest good, String method, String target, String contentType) {
    return new SignedRequest(method, target, contentType, good.body());
  }

  private static List<CaseRow> twoProviders() {
    List<CaseRow> rows = new ArrayList<>();
    rows.add(
        refusedFrom(
            76,
            "the second provider's group",
            403,
            "no_rule_matched",
            scene -> scene.guestCall(scene.guestClaims()).role("guest-dba").send()));
    rows.add(
        refusedFrom(
            76,
            "its word for an e-mail address",
            403,
            "no_rule_matched",
            scene -> {
              Map<String, Object> claims = scene.guestClaims();
              claims.put("email", "boss@example.com");
              claims.put("email_verified", true);
              return scene.guestCall(claims).role("guest-mail").send();
            }));
    rows.add(
        refusedFrom(
            76,
            "the primary's group that looks like the second's",
            403,
            "no_rule_matched",
            scene -> {
              Map<String, Object> claims = scene.claims();
              claims.put("groups", List.of("second/dba"));
              return scene.callBy(claims).role("guest-of-second").send();
            }));
    for (String at : List.of("@", "\uff20", "\ufe6b")) {
      for (String tail : List.of("", " ", "\u200b")) {
        String shown = PolicyTexts.quoted("alice" + at + "example.com" + tail);
        rows.add(
            refusedFrom(
                76,
                "the second provider's " + shown,
                403,
                "email_domain",
                scene -> {
                  Map<String, Object> claims = scene.guestClaims();
                  claims.put("preferred_username", scene.newName() + at + "example.com" + tail);
                  return scene.guestCall(claims).send();
                }));
      }
    }
    rows.add(
        refusedFrom(
            76,
            "the username of another",
            403,
            "username_taken",
            scene -> {
              Map<String, Object> first = scene.guestClaims();
              assertThat(scene.guestCall(first).send().status()).isEqualTo(201);
              Map<String, Object> job = scene.jobClaims();
              job.put("preferred_username", first.get("preferred_username"));
              return scene.callWith(scene.single().token(job)).role("job").send();
            }));
    rows.add(
        refusedFrom(
            76,
            "the username of another in wide letters",
            403,
            "username_taken",
            scene -> {
              Map<String, Object> first = scene.guestClaims();
              assertThat(scene.guestCall(first).send().status()).isEqualTo(201);
              Map<String, Object> job = scene.jobClaims();
              job.put(
                  "preferred_username",
                  first.get("preferred_username").toString().replace("asker", "\uff21SKER"));
              return scene.callWith(scene.single().token(job)).role("job").send();
            }));
    rows.add(
        refusedFrom(
            76,
            "the account of another",
            403,
            "account_taken",
            scene -> {
              Map<String, Object> first = scene.claims();
              assertThat(scene.callBy(first).role("own").send().status()).isEqualTo(201);
              Map<String, Object> guest = scene.guestClaims();
              String mail = first.get("email").toString();
              guest.put("account", mail.substring(0, mail.indexOf('@')));
              return scene.guestCall(guest).send();
            }));
    rows.add(
        granted(
            76,
            "the second provider for its own role",
            scene -> scene.guestCall(scene.guestClaims()).send(),
            certificate -> assertThat(certificate.content().principals()).hasSize(2)));
    return rows;
  }
}
