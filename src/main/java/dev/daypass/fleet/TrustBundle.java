package dev.daypass.fleet;

import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What servers trust (DESIGN section 3). */
public record TrustBundle(
    long number,
    Instant validUntil,
    String ledgerOrigin,
    List<SshPublicKey> userCaKeys,
    List<SshPublicKey> hostCaKeys,
    List<SshPublicKey> ledgerKeys,
    List<SshPublicKey> channelKeys,
    Optional<SshPublicKey> breakGlassKey,
    WitnessPolicy witnessPolicy,
    Set<ServerMode> modes) {}
