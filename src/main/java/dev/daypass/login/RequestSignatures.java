package dev.daypass.login;

import dev.daypass.login.RequestVerdict.Fault;
import dev.daypass.login.RequestVerdict.Rejected;
import dev.daypass.login.RequestVerdict.Verified;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigHash;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The verifier of the signatures on requests (DESIGN section 4, Requests). */
public final class RequestSignatures {
  /** Namespace of users' requests, and of possession beside a bearer token. */
  public static final String USER_NAMESPACE = "request@daypass.dev";

  /** Namespace of servers' requests. */
  public static final String HOST_NAMESPACE = "host-request@daypass.dev";

  private static final Duration BEHIND = Duration.ofSeconds(60);
  private static final Duration AHEAD = Duration.ofSeconds(2);

  private final String origin;
  private final InstantSource clock;
  private final Instant memoryBegins;
  private final NonceMemory nonces;

  /**
   * Begins to remember. What was signed up to now may have been accepted by the daemon before this
   * one, and is refused.
   *
   * @param origin the configured public URL, never taken from a header
   * @param nanoTime a clock that never steps, as {@code System::nanoTime}
   * @param newestEntry time of the newest ledger entry found at start: the clock may have been
   *     ahead when it was written
   */
  public RequestSignatures(
      String origin, InstantSource clock, LongSupplier nanoTime, Instant newestEntry) {
    this.origin = origin;
    this.clock = clock;
    Instant start = clock.instant();
    this.memoryBegins = (newestEntry.isAfter(start) ? newestEntry : start).plus(AHEAD);
    this.nonces = new NonceMemory(nanoTime);
  }

  /** Verifies a header's signature by whatever key it names. */
  public RequestVerdict verify(SignedRequest request, String namespace, String header) {
    return RequestHeader.parse(header)
        .map(parsed -> verify(request, namespace, parsed))
        .orElseGet(RequestSignatures::malformed);
  }

  /** Verifies the {@code Daypass-Possession} header beside a bearer token: signed by this key. */
  public RequestVerdict verifyPossession(
      SignedRequest request, Optional<String> header, SshPublicKey expected) {
    if (header.isEmpty()) {
      return new Rejected(
          Fault.POSSESSION_REQUIRED,
          "The request does not prove that its sender holds the key.",
          "Sign the request with the key and send the header Daypass-Possession.");
    }
    return RequestHeader.parse(header.get())
        .map(parsed -> verifyPossession(request, parsed, expected))
        .orElseGet(RequestSignatures::malformed);
  }

  private RequestVerdict verifyPossession(
      SignedRequest request, RequestHeader header, SshPublicKey expected) {
    if (!header.signature().publicKey().equals(expected)) {
      return invalid("The request is signed by another key than it names.");
    }
    return verify(request, USER_NAMESPACE, header);
  }

  private RequestVerdict verify(SignedRequest request, String namespace, RequestHeader header) {
    // Cheap checks first, the nonce last: only what is good in every other way is remembered.
    SshSig signature = header.signature();
    if (!signature.namespace().equals(namespace) || signature.hash() != SshSigHash.SHA512) {
      return invalid("The signature must be of namespace " + namespace + " and hash sha512.");
    }
    Optional<Rejected> untimely = untimely(Instant.ofEpochSecond(header.time()));
    if (untimely.isPresent()) {
      return untimely.get();
    }
    if (!request.isUnambiguous()
        || !signature.verifies(namespace, request.text(origin, header.time(), header.nonce()))) {
      return invalid("The signature is not the key's over this request.");
    }
    return switch (nonces.remember(signature.publicKey(), header.nonce(), header.time())) {
      case NEW -> new Verified(signature.publicKey());
      case SEEN -> invalid("This request was accepted before.");
      case FORGOTTEN ->
          new Rejected(
              Fault.CLOCK_SKEW,
              "The server's clock was set back; what was signed at this time may be a replay.",
              "Try again when the clock has passed the time that it had before.");
      case FULL ->
          new Rejected(
              Fault.OVERLOADED,
              "Too many requests are remembered to accept another.",
              "Try again in some seconds.");
    };
  }

  private Optional<Rejected> untimely(Instant signedAt) {
    Instant now = clock.instant();
    if (signedAt.isBefore(now.minus(BEHIND)) || signedAt.isAfter(now.plus(AHEAD))) {
      return Optional.of(
          new Rejected(
              Fault.CLOCK_SKEW,
              "The request was signed more than 60 s ago or 2 s ahead, by the server's clock.",
              "Correct the clock by the answer's Date header and sign again."));
    }
    if (!signedAt.isAfter(memoryBegins)) {
      return Optional.of(
          new Rejected(
              Fault.RESTARTED,
              "The daemon was restarted after the request was signed.",
              "Sign the request again."));
    }
    return Optional.empty();
  }

  private static RequestVerdict malformed() {
    return invalid("The header is not of the form SSHSIG v=1,t=…,n=…,s=….");
  }

  private static Rejected invalid(String detail) {
    return new Rejected(
        Fault.SIGNATURE_INVALID, detail, "Sign the request as it is sent, with a new nonce.");
  }
}
