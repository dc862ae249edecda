package dev.daypass.login;

import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The verifier of request signatures (DESIGN section 4, Requests). */
@SuppressWarnings("DoNotCallSuggester")
public final class RequestSignatures {
  /** Namespace of users' requests, and of possession beside a bearer token. */
  public static final String USER_NAMESPACE = "request@daypass.dev";

  /** Namespace of servers' requests. */
  public static final String HOST_NAMESPACE = "host-request@daypass.dev";

  /**
   * @param origin the configured public URL, never taken from a header
   * @param nanoTime a clock that never steps, as {@code System::nanoTime}
   * @param newestEntry time of the newest ledger entry found at start; nothing signed before it, or
   *     before now, is accepted
   */
  public RequestSignatures(
      String origin, InstantSource clock, LongSupplier nanoTime, Instant newestEntry) {
    throw new UnsupportedOperationException();
  }

  /** Verifies a header's signature by whatever key it names. */
  public RequestVerdict verify(SignedRequest request, String namespace, String header) {
    throw new UnsupportedOperationException();
  }

  /** Verifies the {@code Daypass-Possession} header beside a bearer token: signed by this key. */
  public RequestVerdict verifyPossession(
      SignedRequest request, Optional<String> header, SshPublicKey expected) {
    throw new UnsupportedOperationException();
  }
}
