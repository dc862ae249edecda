package dev.daypass.ledger.store;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import java.util.Optional;

/**
 * What details can be searched by. It is private like the details, and erased with them.
 *
 * @param identity the identity as {@code issuer LF subject}, or however its owner names it
 * @param idempotencyKey a hash of the request's idempotency key and what it belongs to; with it a
 *     request that was granted before a restart is found again
 */
public record SearchKeys(
    Optional<String> identity,
    Optional<String> role,
    Optional<Fingerprint> keyFingerprint,
    Optional<Bytes> idempotencyKey) {
  /** Nothing to search by but kind and time. */
  public static final SearchKeys NONE =
      new SearchKeys(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
