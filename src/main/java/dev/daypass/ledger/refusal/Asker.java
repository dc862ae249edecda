package dev.daypass.ledger.refusal;

import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.SshPublicKey;
import java.util.Optional;

/**
 * Where a known identity's request came from, as far as it went.
 *
 * @param provenKey the key that signed it; absent if the request failed before or by that
 */
public record Asker(
    Optional<SshPublicKey> provenKey, Optional<IpAddress> address, String requestId) {}
