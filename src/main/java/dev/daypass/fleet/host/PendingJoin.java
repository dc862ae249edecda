package dev.daypass.fleet.host;

import dev.daypass.fleet.ServerMode;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A server without a token that asks to join and waits for an operator.
 *
 * @param claimed the name that it says it has; the operator decides
 */
public record PendingJoin(
    SshPublicKey key, HostName claimed, ServerMode mode, IpAddress address, Instant askedAt) {
  public PendingJoin {
    askedAt = askedAt.truncatedTo(ChronoUnit.MILLIS); // as it is stored
  }

  /** Whether it asks for nothing else than that one did. */
  boolean repeats(PendingJoin earlier) {
    return key.equals(earlier.key)
        && claimed.equals(earlier.claimed)
        && mode == earlier.mode
        && address.equals(earlier.address);
  }
}
