package dev.daypass.login;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigner;
import java.time.Instant;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * A client that signs its requests (DESIGN section 4, Requests), written apart from the verifier.
 */
public final class RequestSigner {
  private static final int NONCE_BYTES = 16;

  private final SshSigner key;
  private final String origin;
  private final RandomGenerator random;

  public RequestSigner(SshSigner key, String origin, RandomGenerator random) {
    this.key = key;
    this.origin = origin;
    this.random = random;
  }

  /** The header's value for this request with a new nonce. */
  public String header(SignedRequest request, String namespace, Instant at)
      throws SigningException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    String n = Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    String text =
        "daypass-request-v1\n%s\n%s\n%s\n%s\n%d\n%s\n%s\n"
            .formatted(
                request.method(),
                origin,
                request.target(),
                request.contentType(),
                at.getEpochSecond(),
                n,
                request.body().sha256().hex());
    SshSig signature = SshSig.sign(key, namespace, Bytes.ofUtf8(text));
    return header(at, n, signature);
  }

  static String header(Instant at, String nonce, SshSig signature) {
    return "SSHSIG v=1,t=%d,n=%s,s=%s"
        .formatted(at.getEpochSecond(), nonce, signature.encode().base64());
  }
}
