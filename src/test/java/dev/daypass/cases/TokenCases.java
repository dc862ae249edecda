package dev.daypass.cases;

import static dev.daypass.cases.CaseRow.granted;
import static dev.daypass.cases.CaseRow.refused;
import static dev.daypass.cases.CaseRow.refusedFrom;
import static dev.daypass.cases.CaseRow.turnedAway;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.daypass.CaAnswer;
import dev.daypass.cases.CaseRow.Sending;
import dev.daypass.oidc.FakeIdp.Mood;
import dev.daypass.oidc.TestKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** CASES 45 to 54, by the header Authorization. */
final class TokenCases {
  private static final TestKey STRANGER = TestKey.rsa("test-1");

  private TokenCases() {}

  static List<CaseRow> rows() {
    List<CaseRow> rows = new ArrayList<>();
    rows.addAll(headers());
    rows.addAll(forms());
    rows.addAll(claims());
    rows.addAll(emails());
    rows.addAll(singleUse());
    rows.addAll(sizes());
    rows.addAll(groups());
    rows.add(
        new CaseRow(
            52,
            "the provider fails, and is not asked for each unknown key",
            TokenCases::providerDown));
    return List.copyOf(rows);
  }

  private static List<CaseRow> headers() {
    List<CaseRow> rows = new ArrayList<>();
    Map<String, String> codes =
        Map.ofEntries(
            Map.entry("{\"alg\":\"none\"}", "token_algorithm"),
            Map.entry("{\"alg\":\"nOnE\",\"kid\":\"test-1\"}", "token_algorithm"),
            Map.entry("{\"alg\":\"RS1\",\"kid\":\"test-1\"}", "token_algorithm"),
            Map.entry("{\"alg\":\"RS256\",\"kid\":\"test-2\"}", "token_key_unknown"),
            Map.entry("{\"alg\":\"RS256\",\"kid\":\"../../dev/null\"}", "token_key_unknown"),
            Map.entry("{\"alg\":\"RS256\",\"kid\":\"' OR 1=1 --\"}", "token_key_unknown"),
            Map.entry("{\"alg\":\"RS256\",\"jku\":\"http://127.0.0.1/\"}", "token_malformed"),
            Map.entry("{\"alg\":\"RS256\",\"x5u\":\"http://127.0.0.1/\"}", "token_malformed"),
            Map.entry("{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"oct\"}}", "token_malformed"),
            Map.entry("{\"alg\":\"RS256\",\"crit\":[\"x\"],\"x\":1}", "token_malformed"),
            Map.entry("{\"alg\":\"RS256\",\"b64\":false,\"crit\":[\"b64\"]}", "token_malformed"),
            Map.entry("{\"alg\":\"RS256\",\"zip\":\"DEF\"}", "token_malformed"),
            Map.entry("{\"alg\":\"PBES2-HS256+A128KW\",\"p2c\":2147483647}", "token_malformed"),
            Map.entry("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}", "token_malformed"),
            Map.entry("{\"alg\":\"RS256\",\"alg\":\"none\"}", "token_malformed"),
            Map.entry("{\"alg\":\"RS256\",\"kid\":\"test-1\",\"typ\":\"at+jwt\"}", "token_type"),
            Map.entry("[]", "token_malformed"));
    codes.forEach((header, code) ->
        rows.add(
            turnedAway(
                header.contains("at+jwt") ? 46 : 45,
                header,
                401,
                code,
                scene ->
                    scene
                        .callWith(scene.idp().key().token(header, payload(scene, "x", "1")))
                        .send())));
    rows.add(
        turnedAway(
            45,
            "another's key of the same name",
            401,
            "token_signature",
            scene -> scene.callWith(STRANGER.token(payload(scene, "x", "1"))).send()));
    rows.add(
        turnedAway(
            45,
            "HS256 with the public key",
            401,
            "token_algorithm",
            scene -> scene.callWith(hmac(scene)).send()));
    return rows;
  }

  private static String hmac(Scene scene) throws Exception {
    byte[] secret = ((RSAKey) scene.idp().key().jwk()).toRSAPublicKey().getEncoded();
    String input =
        TestKey.encoded("{\"alg\":\"HS256\",\"kid\":\"test-1\"}")
            + "."
            + TestKey.encoded(payload(scene, "x", "1"));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    byte[] tag = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
  }

  private static List<CaseRow> forms() {
    return List.of(
        turnedAway(
            45,
            "no signature",
            401,
            "token_malformed",
            scene -> {
              String token = scene.idp().token(scene.claims());
              return scene.callWith(token.substring(0, token.lastIndexOf('.') + 1)).send();
            }),
        turnedAway(
            45,
            "two signatures",
            401,
            "token_malformed",
            scene -> scene.callWith(scene.idp().token(scene.claims()) + ".AAAA").send()),
        turnedAway(
            45,
            "encrypted, five parts",
            401,
            "token_malformed",
            scene -> scene.callWith("eyJhbGciOiJkaXIifQ..AAAA.AAAA.AAAA").send()),
        turnedAway(
            45,
            "JSON serialization",
            401,
            "token_malformed",
            scene -> scene.callWith("{\"payload\":\"\",\"signatures\":[]}").send()),
        turnedAway(
            45,
            "payload changed",
            401,
            "token_signature",
            scene -> {
              String[] parts = scene.idp().token(scene.claims()).split("\\.", 3);
              String forged = TestKey.encoded(payload(scene, "x", "1"));
              return scene.callWith(parts[0] + "." + forged + "." + parts[2]).send();
            }),
        turnedAway(
            45,
            "padding",
            401,
            "token_malformed",
            scene -> scene.callWith(scene.idp().token(scene.claims()) + "=").send()),
        turnedAway(
            45,
            "two spaces",
            401,
            "token_malformed",
            scene -> scene.callWith(" " + scene.idp().token(scene.claims())).send()),
        turnedAway(
            45,
            "no header",
            401,
            "authentication_required",
            scene -> scene.call().withoutHeader("Authorization").send()),
        turnedAway(
            45,
            "Basic",
            401,
            "authentication_unknown",
            scene -> scene.call().header("Authorization", "Basic cm9vdDpyb290").send()),
        turnedAway(
            45,
            "two tokens",
            401,
            "authentication_unknown",
            scene -> {
              RawRequest request =
                  scene
                      .rawRequest()
                      .header("Authorization", "Bearer " + scene.idp().token(scene.claims()));
              return Outcome.of(scene.raw().send(request.text()));
            }),
        turnedAway(
            45,
            "in a form",
            401,
            "authentication_required",
            scene ->
                scene
                    .call()
                    .withoutHeader("Authorization")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .body("access_token=" + scene.idp().token(scene.claims()))
                    .send()));
  }

  private static List<CaseRow> claims() {
    List<CaseRow> rows = new ArrayList<>();
    for (String[] row :
        new String[][] {
          {"46", "iss", "\"https://evil.example.com\"", "token_issuer"},
          {"46", "iss", "\"ISSUER/\"", "token_issuer"},
          {"46", "iss", "\"UPPER\"", "token_issuer"},
          {"46", "iss", "[\"ISSUER\"]", "token_issuer"},
          {"46", "iss", "null", "token_issuer"},
          {"46", "aud", "\"other\"", "token_audience"},
          {"46", "aud", "\"Daypass\"", "token_audience"},
          {"46", "aud", "[\"daypass\",\"other\"]", "token_audience"},
          {"46", "aud", "[\"daypass\",\"other\"],\"azp\":\"other\"", "token_audience"},
          {"46", "aud", "\"daypass\",\"azp\":\"other\"", "token_audience"},
          {"46", "aud", "[]", "token_audience"},
          {"46", "aud", "null", "token_claims"},
          {"46", "typ", "\"Bearer\"", "token_type"},
          {"46", "token_use", "\"access\"", "token_type"},
          {"46", "events", "{}", "token_type"},
          {"46", "cnf", "{\"jkt\":\"x\"}", "token_bound"},
          {"47", "exp", "0", "token_expired"},
          {"47", "exp", "PAST", "token_expired"},
          {"47", "exp", "\"FUTURE\"", "token_claims"},
          {"47", "exp", "FUTURE.5", "token_claims"},
          {"47", "exp", "1e308", "token_claims"},
          {"47", "exp", "1e999", "token_malformed"},
          {"47", "exp", "9223372036854775807", "token_claims"},
          {"47", "exp", "99999999999999999999", "token_malformed"},
          {"47", "exp", "-1", "token_claims"},
          {"47", "exp", "null", "token_claims"},
          {"47", "exp", "", "token_claims"},
          {"47", "nbf", "FUTURE", "token_not_yet_valid"},
          {"47", "iat", "FUTURE", "token_not_yet_valid"},
          {"47", "auth_time", "FUTURE", "token_not_yet_valid"},
          {"50", "sub", "\"a\",\"sub\":\"b\"", "token_malformed"},
          {"50", "sub", "\"a\",\"s\\u0075b\":\"b\"", "token_malformed"},
          {"50", "x", "{\"y\":1,\"y\":2}", "token_malformed"},
          {"50", "sub", "\"\\ud800\"", "token_malformed"},
          {"51", "x", "[".repeat(1500) + "]".repeat(1500), "token_malformed"},
        }) {
      String shown = row[2].length() > 60 ? "1500 brackets" : row[2];
      rows.add(
          turnedAway(
              Integer.parseInt(row[0]),
              row[1] + " " + shown,
              401,
              row[3],
              scene ->
                  scene.callWith(scene.idp().key().token(payload(scene, row[1], row[2]))).send()));
    }
    return rows;
  }

  private static List<CaseRow> emails() {
    List<CaseRow> rows = new ArrayList<>();
    for (Object value : new Object[] {false, "true", 1, List.of(true)}) {
      rows.add(
          refusedFrom(
              48,
              "email_verified " + value,
              403,
              "email_unverified",
              with("email_verified", value)));
    }
    rows.add(
        refusedFrom(
            48,
            "email_verified absent",
            403,
            "email_unverified",
            scene -> {
              Map<String, Object> claims = scene.claims();
              claims.remove("email_verified");
              return scene.callBy(claims).send();
            }));
    rows.add(
        refusedFrom(
            48,
            "another domain",
            403,
            "email_domain",
            with("email", "boss@example.com.evil.example")));
    rows.add(
        refusedFrom(
            48,
            "a domain below ours",
            403,
            "email_domain",
            with("email", "boss@mail.example.com")));
    rows.add(
        refusedFrom(
            48,
            "two at signs",
            403,
            "claim_invalid",
            with("email", "boss@evil.example@example.com")));
    rows.add(
        refusedFrom(
            48,
            "a domain that looks like ours",
            403,
            "claim_invalid",
            with("email", "boss@ex\u0430mple.com")));
    return rows;
  }

  private static Sending with(String claim, Object value) {
    return scene -> {
      Map<String, Object> claims = scene.claims();
      claims.put(claim, value);
      return scene.callBy(claims).send();
    };
  }

  private static List<CaseRow> singleUse() {
    return List.of(
        new CaseRow(
            49,
            "the same token twice",
            scene -> {
              String token = scene.single().token(scene.jobClaims());
              assertThat(scene.callWith(token).role("job").send().status()).isEqualTo(201);
              Outcome.turnedAway(
                  scene, 401, "token_replayed", s -> s.callWith(token).role("job").send());
            }),
        new CaseRow(
            49,
            "two tokens of one jti",
            scene -> {
              Map<String, Object> claims = scene.jobClaims();
              assertThat(scene.callWith(scene.single().token(claims)).role("job").send().status())
                  .isEqualTo(201);
              claims.put("sub", scene.newName());
              Outcome.turnedAway(
                  scene,
                  401,
                  "token_replayed",
                  s -> s.callWith(s.single().token(claims)).role("job").send());
            }),
        new CaseRow(49, "many at once: exactly one", TokenCases::parallel),
        turnedAway(
            49,
            "no jti",
            401,
            "token_claims",
            scene -> {
              Map<String, Object> claims = scene.jobClaims();
              claims.remove("jti");
              return scene.callWith(scene.single().token(claims)).role("job").send();
            }),
        turnedAway(
            49,
            "from before the start",
            401,
            "token_restarted",
            scene -> {
              Map<String, Object> claims = scene.jobClaims();
              claims.put("iat", Instant.now().getEpochSecond() - 600);
              return scene.callWith(scene.single().token(claims)).role("job").send();
            }));
  }

  private static void parallel(Scene scene) throws Exception {
    String token = scene.single().token(scene.jobClaims());
    Callable<CaAnswer> use = () -> scene.callWith(token).role("job").send();
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<CaAnswer> answer : threads.invokeAll(java.util.Collections.nCopies(16, use))) {
        statuses.add(answer.get().status());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 401).hasSize(15);
  }

  private static List<CaseRow> sizes() {
    return List.of(
        new CaseRow(
            51,
            "a token of 1 MiB",
            scene -> {
              RawRequest request =
                  scene
                      .rawRequest()
                      .without("Authorization")
                      .header("Authorization", "Bearer " + "a".repeat(1 << 20));
              scene
                  .raw()
                  .send(request.text().getBytes(StandardCharsets.US_ASCII))
                  .ifPresent(answer -> assertThat(answer.status()).isEqualTo(431));
            }),
        new CaseRow(
            51,
            "a token that is not UTF-8",
            scene -> {
              RawRequest request =
                  scene
                      .rawRequest()
                      .without("Authorization")
                      .header("Authorization", "Bearer \u00ff\u00fe.\u00c0\u00af.a");
              assertThat(scene.raw().send(request.text()).status()).isBetween(400, 401);
            }),
        turnedAway(
            51,
            "a payload that is not UTF-8",
            401,
            "token_malformed",
            scene -> {
              String bad =
                  Base64.getUrlEncoder()
                      .withoutPadding()
                      .encodeToString("{\"a\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1));
              String input = TestKey.encoded(scene.idp().key().header()) + "." + bad;
              return scene.callWith(scene.idp().key().signed(input)).send();
            }),
        refused(
            51,
            "a body of 10,000 brackets",
            400,
            "wrong_type",
            call -> call.body("{\"hosts\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")),
        refused(
            51,
            "a body of 10,000 braces",
            400,
            "unknown_member",
            call -> call.body("{\"restrict\":".repeat(5_000) + "1" + "}".repeat(5_000))),
        refused(
            51, "a body of 1 MiB", 413, "body_too_large", call -> call.body(" ".repeat(1 << 20))),
        refused(51, "an empty body", 400, "invalid_json", call -> call.body(" ")),
        refused(51, "two objects", 400, "invalid_json", call -> call.body(call.body() + "{}")));
  }

  private static List<CaseRow> groups() {
    List<CaseRow> rows = new ArrayList<>();
    for (String group :
        List.of(
            "ops/dba",
            "dba",
            "/ops/dba/",
            "/OPS/dba",
            "/ops//dba",
            "/ops/dba/sub",
            "/x/ops/dba",
            "/ops/dba ",
            "/ops/db\u0430")) {
      rows.add(
          refusedFrom(
              54,
              "group " + group,
              403,
              "no_rule_matched",
              scene -> {
                Map<String, Object> claims = scene.claims();
                claims.put("groups", List.of(group));
                return scene.callBy(claims).role("by-path").send();
              }));
    }
    rows.add(
        granted(
            54,
            "the very group",
            scene -> {
              Map<String, Object> claims = scene.claims();
              claims.put("groups", List.of("/ops/dba"));
              return scene.callBy(claims).role("by-path").send();
            },
            certificate -> assertThat(certificate.content().principals()).hasSize(1)));
    return rows;
  }

  private static void providerDown(Scene scene) throws Exception {
    int before = scene.second().server().keyRequests();
    scene.second().server().behave(Mood.STATUS_500);
    String header = "{\"alg\":\"RS256\",\"kid\":\"unknown\"}";
    for (int i = 0; i < 20; i++) {
      String payload = Scene.JSON.writeValueAsString(scene.guestClaims());
      CaAnswer answer =
          scene.callWith(scene.second().key().token(header, payload)).role("guest").send();
      assertThat(answer.status()).as(answer.body()).isIn(401, 503);
      Outcome.contract("POST", Scene.PATH, answer);
      assertThat(scene.guestCall(scene.guestClaims()).send().status()).isEqualTo(201);
    }
    assertThat(scene.second().server().keyRequests() - before).isLessThanOrEqualTo(1);
    scene.second().server().behave(Mood.WELL);
  }

  /** Good claims with one of them replaced by this JSON; left out if that is empty. */
  private static String payload(Scene scene, String name, String json) {
    Map<String, Object> claims = scene.claims();
    String issuer = scene.idp().issuer();
    claims.remove(name);
    String rest = Scene.JSON.writeValueAsString(claims);
    long now = Instant.now().getEpochSecond();
    String value =
        json.replace("ISSUER", issuer)
            .replace("UPPER", issuer.replace("http", "HTTP"))
            .replace("PAST", Long.toString(now - 120))
            .replace("FUTURE", Long.toString(now + 600));
    return value.isEmpty()
        ? rest
        : rest.substring(0, rest.length() - 1) + ",\"" + name + "\":" + value + "}";
  }
}
