package dev.daypass.custody;

import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.fleet.WitnessPolicy;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SigningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The making of a certificate authority: {@code daypassd init} (DESIGN section 3). It makes the
 * state folder, all keys, the signer's head and trust bundle 1, and overwrites nothing.
 */
public final class KeyCeremony {
  private final KeyCeremonyPlan plan;
  private final Map<KeyUse, OpenSshPrivateKey> made = new EnumMap<>(KeyUse.class);

  /**
   * Every file written so far, so that a ceremony that fails leaves nothing in the next one's way.
   */
  private final List<Path> written = new ArrayList<>();

  private final Optional<char[]> rootPassphrase;

  private KeyCeremony(KeyCeremonyPlan plan, Optional<char[]> rootPassphrase) {
    this.plan = plan;
    this.rootPassphrase = rootPassphrase;
  }

  /**
   * Performs the plan; everything is durable on return.
   *
   * @throws KeyCeremonyRefused if anything that it would write is there already
   */
  public static KeyCeremonyReport perform(KeyCeremonyPlan plan)
      throws KeyCeremonyRefused, IOException {
    return perform(plan, Optional.empty());
  }

  /**
   * The same, with the root key encrypted under this passphrase, which is not empty.
   *
   * @throws KeyCeremonyRefused if anything that it would write is there already
   */
  public static KeyCeremonyReport perform(KeyCeremonyPlan plan, Optional<char[]> rootPassphrase)
      throws KeyCeremonyRefused, IOException {
    List<Path> present =
        plan.files().stream()
            .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
            .toList();
    if (!present.isEmpty()) {
      throw new KeyCeremonyRefused(present);
    }
    return new KeyCeremony(plan, rootPassphrase).perform();
  }

  private KeyCeremonyReport perform() throws IOException {
    try {
      makeFolders();
      makeKeys();
      makeHead();
      makeBundle();
    } catch (IOException | RuntimeException e) {
      removeWritten();
      throw e;
    }
    Map<KeyUse, SshPublicKey> keys = new EnumMap<>(KeyUse.class);
    keys.putAll(plan.present());
    made.forEach((use, key) -> keys.put(use, key.publicKey()));
    StateFolder state = plan.state();
    return new KeyCeremonyReport(
        state.path(),
        keys,
        state.offlineRootKey(),
        rootPassphrase.isPresent(),
        state.bundle(1),
        validUntil());
  }

  private void makeFolders() throws IOException {
    // The state folder may be there: systemd makes it, or a package. Then it must be closed.
    PrivateFile.createFolder(plan.state().path());
    PrivateFile.requirePrivate(plan.state().path());
    for (Path file : plan.files()) {
      PrivateFile.createFolder(file.toAbsolutePath().resolveSibling(""));
    }
  }

  private void makeKeys() throws IOException {
    for (KeyUse use : plan.made()) {
      OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
      made.put(use, key);
      Path file = plan.keyFile(use);
      KeyFile.create(
          file, key, comment(use), use == KeyUse.ROOT ? rootPassphrase : Optional.empty());
      written.add(file);
      makePublicHalf(KeyFile.publicHalf(file), use);
    }
    makePublicHalf(plan.state().rootPublicKey(), KeyUse.ROOT);
  }

  private void makePublicHalf(Path file, KeyUse use) throws IOException {
    KeyFile.createPublic(file, key(use).publicKey(), comment(use));
    written.add(file);
  }

  private void makeHead() throws IOException {
    if (plan.headFile().isPresent()) {
      TwoSlotHeadFile.create(plan.headFile().get(), plan.origin());
      written.add(plan.headFile().get());
    }
  }

  private void makeBundle() throws IOException {
    TrustBundle bundle =
        new TrustBundle(
            1,
            validUntil(),
            plan.origin(),
            List.of(publicKey(KeyUse.USER_CA)),
            List.of(publicKey(KeyUse.HOST_CA)),
            List.of(publicKey(KeyUse.LEDGER)),
            List.of(publicKey(KeyUse.CHANNEL)),
            Optional.empty(),
            WitnessPolicy.NONE,
            plan.modes());
    try {
      SignedTrustBundle signed = SignedTrustBundle.sign(bundle, key(KeyUse.ROOT));
      Path file = plan.state().bundle(1);
      PrivateFile.createReadable(file, signed.text());
      written.add(file);
    } catch (SigningException e) {
      throw new IOException("the new root key did not sign trust bundle 1", e);
    }
  }

  private void removeWritten() throws IOException {
    for (Path file : written) {
      Files.deleteIfExists(file);
    }
  }

  private Instant validUntil() {
    return plan.now().plus(plan.bundleLifetime()).truncatedTo(ChronoUnit.SECONDS);
  }

  private OpenSshPrivateKey key(KeyUse use) {
    return Objects.requireNonNull(made.get(use), use.keyName());
  }

  private SshPublicKey publicKey(KeyUse use) {
    SshPublicKey present = plan.present().get(use);
    return present == null ? key(use).publicKey() : present;
  }

  private String comment(KeyUse use) {
    return use.keyName() + "@" + plan.origin();
  }
}
