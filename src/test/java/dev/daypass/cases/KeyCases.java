package dev.daypass.cases;

import static dev.daypass.cases.CaseRow.granted;
import static dev.daypass.cases.CaseRow.refused;
import static dev.daypass.cases.CaseRow.refusedFrom;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.CertificateCall;
import dev.daypass.TestCa;
import dev.daypass.custody.KeyFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.login.RequestSignatures;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.RsaPublicKey;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** CASES 34 to 41. */
final class KeyCases {
  private static final BigInteger E = BigInteger.valueOf(65_537);

  /** Points of low order, one not below the field's prime, one that is on no curve. */
  private static final List<String> EDWARDS_POINTS =
      List.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "0200000000000000000000000000000000000000000000000000000000000000",
          "");

  private KeyCases() {}

  static List<CaseRow> rows() {
    List<CaseRow> rows = new ArrayList<>();
    rows.addAll(certificates());
    rows.addAll(ownKeys());
    rows.addAll(rsa());
    rows.addAll(points());
    rows.addAll(lines());
    rows.addAll(possession());
    return List.copyOf(rows);
  }

  private static List<CaseRow> certificates() {
    return List.of(
        refusedFrom(
            34,
            "one's own certificate",
            400,
            "public_key_malformed",
            scene -> {
              String certificate = scene.issued().line("");
              return scene.call().member("public_key", certificate.strip()).send();
            }),
        refusedFrom(
            34,
            "a certificate under a plain label",
            400,
            "public_key_malformed",
            scene -> {
              String blob = scene.issued().line("").split(" ", 3)[1];
              return scene.call().member("public_key", "ssh-ed25519 " + blob).send();
            }));
  }

  private static List<CaseRow> ownKeys() {
    return List.of(
        reserved("the user CA key", KeyUse.USER_CA),
        reserved("the host CA key", KeyUse.HOST_CA),
        reserved("the ledger key", KeyUse.LEDGER),
        reserved("the channel key", KeyUse.CHANNEL),
        refusedFrom(
            35,
            "the root key",
            400,
            "key_reserved",
            scene -> {
              StateFolder state = StateFolder.open(scene.ca().files().state());
              return scene.callFor(read(state.offlineRootKey())).send();
            }),
        refusedFrom(
            35,
            "the user CA key, signed by one's own",
            401,
            "signature_invalid",
            scene -> scene.call().member("public_key", scene.ca().files().userCa().line()).send()));
  }

  private static CaseRow reserved(String what, KeyUse use) {
    return refusedFrom(
        35,
        what,
        400,
        "key_reserved",
        scene -> TakenKey.of(scene.ca().files(), use, key -> scene.callFor(key).send()));
  }

  private static SshSigner read(Path file) throws IOException {
    return KeyFile.read(file, Optional.empty());
  }

  private static List<CaseRow> rsa() {
    BigInteger modulus = ((RsaPublicKey) TestKeys.of(SshKeyType.RSA).publicKey()).modulus();
    return List.of(
        refused(
            36,
            "RSA of 2047 bits",
            400,
            "public_key_malformed",
            key("ssh-rsa", rsa(E, BigInteger.TWO.pow(2046).add(BigInteger.ONE)))),
        refused(
            36,
            "RSA of 16385 bits",
            400,
            "public_key_malformed",
            key("ssh-rsa", rsa(E, BigInteger.TWO.pow(16_384).add(BigInteger.ONE)))),
        refused(
            36,
            "RSA with e=1",
            400,
            "public_key_malformed",
            key("ssh-rsa", rsa(BigInteger.ONE, modulus))),
        refused(
            36,
            "RSA with e=2",
            400,
            "public_key_malformed",
            key("ssh-rsa", rsa(BigInteger.TWO, modulus))),
        refused(
            36,
            "RSA with an even modulus",
            400,
            "public_key_malformed",
            key("ssh-rsa", rsa(E, modulus.add(BigInteger.ONE)))),
        refused(
            36,
            "RSA with a padded modulus",
            400,
            "public_key_malformed",
            key(
                "ssh-rsa",
                new WireWriter()
                    .text("ssh-rsa")
                    .mpint(E)
                    .string(Bytes.ofHex("0000").concat(Bytes.of(modulus.toByteArray())))
                    .toBytes())),
        refusedFrom(
            36,
            "RSA of 2048 bits where policy says 3072",
            403,
            "key_type_not_allowed",
            scene -> scene.callFor(RsaSigner.ofBits(2048)).send()),
        granted(
            36,
            "RSA of 3072 bits",
            scene -> scene.callFor(RsaSigner.ofBits(3072)).send(),
            certificate -> assertThat(certificate.content().publicKey().bits()).isEqualTo(3072)),
        refused(
            36,
            "DSA",
            400,
            "public_key_malformed",
            key(
                "ssh-dss",
                new WireWriter()
                    .text("ssh-dss")
                    .mpint(modulus)
                    .mpint(E)
                    .mpint(E)
                    .mpint(E)
                    .toBytes())),
        refusedFrom(
            38,
            "a key of the ROCA kind",
            403,
            "key_blocked",
            scene -> scene.callFor(RsaSigner.ofRoca()).send()));
  }

  private static Bytes rsa(BigInteger exponent, BigInteger modulus) {
    return new WireWriter().text("ssh-rsa").mpint(exponent).mpint(modulus).toBytes();
  }

  private static List<CaseRow> points() {
    List<CaseRow> rows = new ArrayList<>();
    for (String hex : EDWARDS_POINTS) {
      Bytes point = Bytes.ofHex(hex);
      rows.add(
          refused(
              37,
              "Ed25519 point " + hex,
              400,
              "public_key_malformed",
              key("ssh-ed25519", new WireWriter().text("ssh-ed25519").string(point).toBytes())));
    }
    String off = "04" + "01".repeat(64);
    for (String hex : List.of("00", off, "04" + "00".repeat(64), "04" + "ff".repeat(64), "")) {
      String type = "ecdsa-sha2-nistp256";
      Bytes blob = new WireWriter().text(type).text("nistp256").string(Bytes.ofHex(hex)).toBytes();
      rows.add(refused(37, "P-256 point " + hex, 400, "public_key_malformed", key(type, blob)));
    }
    return rows;
  }

  private static List<CaseRow> lines() {
    List<CaseRow> rows = new ArrayList<>();
    List<UnaryOperator<String>> changes =
        List.of(
            line -> "restrict " + line,
            line -> "command=\"/bin/sh\" " + line,
            line -> "cert-authority,principals=\"root\" " + line,
            line -> line + "\n" + line,
            line -> line + " a\nb",
            line -> line + " a\rb",
            line -> line + " a\0",
            line -> line + " " + "x".repeat(20 << 10),
            line -> " " + line,
            line -> line.split(" ", 3)[1],
            line -> line + "=",
            _ -> "");
    for (int i = 0; i < changes.size(); i++) {
      UnaryOperator<String> change = changes.get(i);
      rows.add(
          refusedFrom(
              39,
              "line of kind " + i,
              400,
              "public_key_malformed",
              scene ->
                  scene
                      .call()
                      .member("public_key", change.apply(scene.key().publicKey().line()))
                      .send()));
    }
    rows.add(
        refused(
            39,
            "a blob of 1 MiB",
            413,
            "body_too_large",
            call -> call.member("public_key", "ssh-ed25519 " + "A".repeat(1 << 20))));
    rows.add(
        refused(39, "no key", 400, "missing_member", call -> call.withoutMember("public_key")));
    for (String label : List.of("ssh-rsa", "ecdsa-sha2-nistp256", "sk-ssh-ed25519@openssh.com")) {
      rows.add(
          refusedFrom(
              40,
              "Ed25519 labelled " + label,
              400,
              "public_key_malformed",
              scene ->
                  scene
                      .call()
                      .member(
                          "public_key",
                          scene.key().publicKey().line().replace("ssh-ed25519", label))
                      .send()));
    }
    return rows;
  }

  private static List<CaseRow> possession() {
    return List.of(
        refused(
            41,
            "no proof",
            403,
            "possession_required",
            call -> call.withoutHeader("Daypass-Possession")),
        refusedFrom(
            41,
            "another key",
            401,
            "signature_invalid",
            scene -> {
              CertificateCall call = scene.call();
              SshSigner other = OpenSshPrivateKey.generate(SshKeyType.ED25519);
              return call.header("Daypass-Possession", call.possession(other, Scene.signingTime()))
                  .send();
            }),
        refusedFrom(
            41,
            "another namespace",
            401,
            "signature_invalid",
            scene -> Signed.request(scene, "login@daypass.dev").send()),
        refusedFrom(
            41,
            "the namespace of files",
            401,
            "signature_invalid",
            scene -> Signed.request(scene, "file").send()),
        refusedFrom(
            41,
            "the namespace in upper case",
            401,
            "signature_invalid",
            scene ->
                Signed.request(
                        scene, RequestSignatures.USER_NAMESPACE.toUpperCase(java.util.Locale.ROOT))
                    .send()),
        refusedFrom(
            41, "hash sha256", 401, "signature_invalid", scene -> Signed.withSha256(scene).send()),
        refusedFrom(41, "accepted before", 401, "signature_invalid", KeyCases::replayed),
        refusedFrom(
            41,
            "accepted before, by another token",
            401,
            "signature_invalid",
            scene -> {
              CertificateCall call = scene.call();
              String header = call.possession(scene.key(), Scene.signingTime());
              var _ = call.header("Daypass-Possession", header).send();
              return scene.call().header("Daypass-Possession", header).send();
            }),
        refusedFrom(
            41,
            "signed 62 s ago",
            401,
            "clock_skew",
            scene -> scene.call().sendOnce(Instant.now().minusSeconds(62))),
        refusedFrom(
            41,
            "signed 5 s ahead",
            401,
            "clock_skew",
            scene -> scene.call().sendOnce(Instant.now().plusSeconds(5))),
        refused(
            41,
            "an empty header",
            401,
            "signature_invalid",
            call -> call.header("Daypass-Possession", "x")));
  }

  private static CaAnswer replayed(Scene scene) throws IOException {
    CertificateCall call = scene.call();
    call.header("Daypass-Possession", call.possession(scene.key(), Scene.signingTime()));
    assertThat(call.send().status()).isEqualTo(201);
    return call.send();
  }

  private static UnaryOperator<CertificateCall> key(String label, Bytes blob) {
    return call -> call.member("public_key", label + " " + blob.base64()).role(TestCa.ROLE);
  }
}
