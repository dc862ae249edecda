package dev.daypass.custody;

import dev.daypass.fleet.ServerMode;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshPublicKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code daypassd init} is to make, and where.
 *
 * @param keys a private key file for each use but the root's whose key is to be made
 * @param present the public halves of keys that are there already: in a token, an agent, an
 *     imported file; with {@code keys} each use once
 * @param headFile the signer's head, best on another volume than the state (DESIGN section 6); none
 *     where a separate signer has it
 * @param origin the ledger's origin, to which the keys belong from now on
 * @param modes the server modes that trust bundle 1 allows
 * @param bundleLifetime how long trust bundle 1 is valid
 */
public record KeyCeremonyPlan(
    StateFolder state,
    Map<KeyUse, Path> keys,
    Map<KeyUse, SshPublicKey> present,
    Optional<Path> headFile,
    String origin,
    Set<ServerMode> modes,
    Instant now,
    Duration bundleLifetime) {
  /** How long trust bundle 1 is valid unless the operator says otherwise. */
  public static final Duration DEFAULT_BUNDLE_LIFETIME = Duration.ofDays(365);

  public KeyCeremonyPlan {
    keys = Map.copyOf(keys);
    modes = Set.copyOf(modes);
    present = Map.copyOf(present);
    Set<KeyUse> uses = EnumSet.of(KeyUse.ROOT);
    uses.addAll(keys.keySet());
    uses.addAll(present.keySet());
    if (!uses.equals(EnumSet.allOf(KeyUse.class))
        || keys.size() + present.size() != uses.size() - 1
        || Set.copyOf(keys.values()).size() != keys.size()) {
      throw new IllegalArgumentException("a key of its own for each use, the root's is made");
    }
    if (Set.copyOf(present.values()).size() != present.size()) {
      throw new IllegalArgumentException("one key has two uses; give each use a key of its own");
    }
  }

  /** Everything at its default place below the state folder. */
  public static KeyCeremonyPlan withDefaults(
      Path stateFolder, Path headFile, String origin, Instant now) {
    StateFolder state = new StateFolder(stateFolder);
    Map<KeyUse, Path> keys = new EnumMap<>(KeyUse.class);
    for (KeyUse use : KeyUse.values()) {
      keys.put(use, state.keys().resolve(use.keyName()));
    }
    keys.remove(KeyUse.ROOT);
    return new KeyCeremonyPlan(
        state,
        keys,
        Map.of(),
        Optional.of(headFile),
        origin,
        Set.of(ServerMode.values()),
        now,
        DEFAULT_BUNDLE_LIFETIME);
  }

  /** The uses whose keys are made. */
  List<KeyUse> made() {
    return Stream.of(KeyUse.values()).filter(use -> !present.containsKey(use)).toList();
  }

  /** The private key file of that use, whose key is made. */
  Path keyFile(KeyUse use) {
    return use == KeyUse.ROOT ? state.offlineRootKey() : Objects.requireNonNull(keys.get(use));
  }

  /** Every file that the ceremony makes. */
  List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (KeyUse use : made()) {
      files.add(keyFile(use));
      files.add(KeyFile.publicHalf(keyFile(use)));
    }
    files.addAll(List.of(state.rootPublicKey(), state.bundle(1)));
    headFile.ifPresent(files::add);
    return files;
  }
}
