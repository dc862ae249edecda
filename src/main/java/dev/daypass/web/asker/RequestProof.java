package dev.daypass.web.asker;

import dev.daypass.login.RequestVerdict;
import dev.daypass.login.SignedRequest;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.RequestFailed;
import java.util.List;
import java.util.Optional;

/** The key by which a request, exactly as it was sent, is signed (DESIGN section 4, Requests). */
public final class RequestProof {
  /** Namespace of a login's start and bind. */
  public static final String LOGIN_NAMESPACE = "login@daypass.dev";

  private static final String SCHEME = "SSHSIG ";

  private final SignatureCheck signatures;

  public RequestProof(SignatureCheck signatures) {
    this.signatures = signatures;
  }

  static boolean isSignature(String authorization) {
    return authorization.startsWith(SCHEME);
  }

  /** The key that signed in this namespace, by the Authorization header. */
  public SshPublicKey key(Exchange exchange, String namespace) throws RequestFailed {
    List<String> headers = exchange.headers("Authorization");
    if (headers.isEmpty()) {
      throw new RequestFailed(
          Problem.of(
              403, // CASES 71
              "possession_required",
              "The request does not prove that its sender holds a key.",
              "Sign the request with the key and send Authorization: SSHSIG."));
    }
    if (headers.size() > 1 || !isSignature(headers.getFirst())) {
      throw new RequestFailed(
          Problem.of(
              401,
              "signature_invalid",
              "Authorization is not one SSHSIG signature.",
              "Sign the request with the key and send Authorization: SSHSIG."));
    }
    return proven(signatures.verify(signed(exchange), namespace, headers.getFirst()));
  }

  /** Beside a bearer token: that the sender holds this key. */
  public void possession(Exchange exchange, SshPublicKey expected) throws RequestFailed {
    List<String> headers = exchange.headers("Daypass-Possession");
    if (headers.size() > 1) {
      throw new RequestFailed(
          Problem.of(
              401, "signature_invalid", "Daypass-Possession is there twice.", "Send it once."));
    }
    Optional<String> header = headers.stream().findFirst();
    var _ = proven(signatures.verifyPossession(signed(exchange), header, expected));
  }

  private static SignedRequest signed(Exchange exchange) throws RequestFailed {
    return new SignedRequest(
        exchange.method(),
        exchange.target(),
        exchange.header("Content-Type").orElse(""),
        exchange.body());
  }

  private static SshPublicKey proven(RequestVerdict verdict) throws RequestFailed {
    return switch (verdict) {
      case RequestVerdict.Verified(SshPublicKey key) -> key;
      case RequestVerdict.Rejected rejected -> throw new RequestFailed(problem(rejected));
    };
  }

  private static Problem problem(RequestVerdict.Rejected rejected) {
    int status =
        switch (rejected.fault()) {
          case POSSESSION_REQUIRED -> 403;
          case SIGNATURE_INVALID, CLOCK_SKEW, RESTARTED -> 401;
          case OVERLOADED -> 503;
        };
    return Problem.of(status, rejected.code(), rejected.detail(), rejected.remedy());
  }
}
