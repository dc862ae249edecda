package dev.daypass.cases;

import dev.daypass.CertificateCall;
import dev.daypass.login.RequestSignatures;
import dev.daypass.login.SignedRequest;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigHash;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** Good requests whose possession is signed otherwise than it should be. */
final class Signed {
  private Signed() {}

  /** In another namespace. */
  static CertificateCall request(Scene scene, String namespace) {
    CertificateCall call = scene.call();
    return call.header(
        "Daypass-Possession",
        scene.possession(good(call), scene.ca().client().origin(), namespace));
  }

  /** For another origin. */
  static CertificateCall forOrigin(Scene scene, String origin) {
    CertificateCall call = scene.call();
    return call.header(
        "Daypass-Possession",
        scene.possession(good(call), origin, RequestSignatures.USER_NAMESPACE));
  }

  /** Over something else than what is sent. */
  static CertificateCall over(Scene scene, SignedRequest other) {
    return scene.call().header("Daypass-Possession", scene.possession(other));
  }

  /** What is sent. */
  static SignedRequest good(CertificateCall call) {
    return new SignedRequest("POST", Scene.PATH, "application/json", Bytes.ofUtf8(call.body()));
  }

  /** With SSHSIG's weaker hash, otherwise right. */
  static CertificateCall withSha256(Scene scene) throws SigningException {
    CertificateCall call = scene.call();
    String nonce = nonce();
    long time = Scene.signingTime().getEpochSecond();
    Bytes text = text(scene, call, time, nonce);
    Bytes signedData =
        new WireWriter()
            .raw(Bytes.ofUtf8("SSHSIG"))
            .text(RequestSignatures.USER_NAMESPACE)
            .string(Bytes.EMPTY)
            .text("sha256")
            .string(text.sha256())
            .toBytes();
    SshSig signature =
        new SshSig(
            scene.key().publicKey(),
            RequestSignatures.USER_NAMESPACE,
            SshSigHash.SHA256,
            scene.key().sign(signedData));
    return call.header("Daypass-Possession", header(time, nonce, signature.encode()));
  }

  /** Right in all but that a certificate stands where the key should. */
  static CertificateCall byCertificate(Scene scene) throws Exception {
    CertificateCall call = scene.call();
    String nonce = nonce();
    long time = Scene.signingTime().getEpochSecond();
    SshSig right =
        SshSig.sign(scene.key(), RequestSignatures.USER_NAMESPACE, text(scene, call, time, nonce));
    Bytes blob =
        new WireWriter()
            .raw(Bytes.ofUtf8("SSHSIG"))
            .uint32(1)
            .string(scene.issued().encode())
            .text(RequestSignatures.USER_NAMESPACE)
            .string(Bytes.EMPTY)
            .text("sha512")
            .string(right.signature().encode())
            .toBytes();
    return call.header("Daypass-Possession", header(time, nonce, blob));
  }

  private static Bytes text(Scene scene, CertificateCall call, long time, String nonce) {
    return Bytes.ofUtf8(
        "daypass-request-v1\nPOST\n%s\n%s\napplication/json\n%d\n%s\n%s\n"
            .formatted(
                scene.ca().client().origin(),
                Scene.PATH,
                time,
                nonce,
                Bytes.ofUtf8(call.body()).sha256().hex()));
  }

  private static String nonce() {
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
  }

  private static String header(long time, String nonce, Bytes blob) {
    return "SSHSIG v=1,t=%d,n=%s,s=%s".formatted(time, nonce, blob.base64());
  }
}
