package dev.daypass.issuance;

import dev.daypass.ledger.refusal.Asker;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import java.util.Optional;

/**
 * What is known of a request beside its fields.
 *
 * @param provenKey the key whose private half signed this very request
 * @param address where the request came from, as far as a trusted proxy tells
 * @param requestId names the request in diagnostics and details
 * @param idempotencyKey the client's own name for this request
 * @param bodyHash SHA-256 of the body as sent
 * @param login the login that the key stands for its identity by; none beside a bearer token
 */
public record RequestContext(
    SshPublicKey provenKey,
    Optional<IpAddress> address,
    String requestId,
    Optional<String> idempotencyKey,
    Bytes bodyHash,
    Optional<LoginUse> login) {

  /** A request beside a bearer token. */
  public RequestContext(
      SshPublicKey provenKey,
      Optional<IpAddress> address,
      String requestId,
      Optional<String> idempotencyKey,
      Bytes bodyHash) {
    this(provenKey, address, requestId, idempotencyKey, bodyHash, Optional.empty());
  }

  Asker asker() {
    return new Asker(Optional.of(provenKey), address, requestId);
  }
}
