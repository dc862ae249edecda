package dev.daypass.fleet;

import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the next trust bundle changes in the one before it; its number is one higher.
 *
 * @param whenExpired what servers do after its end; empty leaves it as it is
 * @param added keys that are trusted as well from then on, for each use but the root's
 * @param removed keys that are trusted no longer, whatever they were for
 * @param breakGlass takes the place of the break-glass key, if there is one
 * @param witnesses take the place of those demanded before; {@link WitnessPolicy#NONE} ends that
 * @param modes those that a server may be in; empty leaves them as they are
 */
public record NextBundle(
    Instant validUntil,
    Optional<WhenExpired> whenExpired,
    Map<KeyUse, List<SshPublicKey>> added,
    Set<Fingerprint> removed,
    Optional<SshPublicKey> breakGlass,
    Optional<WitnessPolicy> witnesses,
    Set<ServerMode> modes) {
  public NextBundle {
    added = Map.copyOf(added);
    removed = Set.copyOf(removed);
    modes = Set.copyOf(modes);
    if (added.containsKey(KeyUse.ROOT)) {
      throw new IllegalArgumentException("a bundle is signed by the root key and does not name it");
    }
  }

  /** After its end happens what happened after the end of the one before. */
  public NextBundle(
      Instant validUntil,
      Map<KeyUse, List<SshPublicKey>> added,
      Set<Fingerprint> removed,
      Optional<SshPublicKey> breakGlass,
      Optional<WitnessPolicy> witnesses,
      Set<ServerMode> modes) {
    this(validUntil, Optional.empty(), added, removed, breakGlass, witnesses, modes);
  }

  /**
   * The bundle, not signed yet.
   *
   * @throws IllegalArgumentException if it would not be a sound one, or nothing has a key that is
   *     to be removed
   */
  public TrustBundle after(TrustBundle before) {
    Set<Fingerprint> left = new HashSet<>(removed);
    TrustBundle next =
        new TrustBundle(
            Math.addExact(before.number(), 1),
            validUntil.truncatedTo(ChronoUnit.SECONDS),
            whenExpired.orElse(before.whenExpired()),
            before.ledgerOrigin(),
            keys(before.userCaKeys(), KeyUse.USER_CA, left),
            keys(before.hostCaKeys(), KeyUse.HOST_CA, left),
            keys(before.ledgerKeys(), KeyUse.LEDGER, left),
            keys(before.channelKeys(), KeyUse.CHANNEL, left),
            breakGlassKey(before, left),
            witnesses.orElse(before.witnessPolicy()),
            modes.isEmpty() ? before.modes() : modes);
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("bundle " + before.number() + " names no key " + left);
    }
    return next;
  }

  private Optional<SshPublicKey> breakGlassKey(TrustBundle before, Set<Fingerprint> left) {
    Optional<SshPublicKey> kept =
        before.breakGlassKey().filter(key -> !left.remove(key.fingerprint()));
    return breakGlass.isPresent() ? breakGlass : kept;
  }

  private List<SshPublicKey> keys(List<SshPublicKey> before, KeyUse use, Set<Fingerprint> left) {
    List<SshPublicKey> keys = new ArrayList<>();
    for (SshPublicKey key : before) {
      if (removed.contains(key.fingerprint())) {
        left.remove(key.fingerprint());
      } else {
        keys.add(key);
      }
    }
    keys.addAll(added.getOrDefault(use, List.of()));
    return keys;
  }
}
