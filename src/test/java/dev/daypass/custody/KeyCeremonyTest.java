package dev.daypass.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.signer.KeyUse;
import dev.daypass.signer.SignerHead;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCeremonyTest {
  private static final String ORIGIN = "ca.example.com/daypass";
  private static final Instant NOW = Instant.parse("2026-11-21T01:13:00.5Z");

  @TempDir private Path folder;
  private Path state;
  private Path head;
  private KeyCeremonyPlan plan;

  @BeforeEach
  void plan() {
    state = folder.resolve("state");
    head = folder.resolve("daypass-head/head");
    plan = KeyCeremonyPlan.withDefaults(state, head, ORIGIN, NOW);
  }

  @Test
  void makesEveryKeyOfItsOwn() throws Exception {
    KeyCeremonyReport report = KeyCeremony.perform(plan);

    assertThat(report.keys()).containsOnlyKeys(KeyUse.values());
    assertThat(new HashSet<>(report.keys().values())).hasSize(KeyUse.values().length);
    for (KeyUse use : KeyUse.values()) {
      Path file = use == KeyUse.ROOT ? report.rootKey() : state.resolve("keys/" + use.keyName());
      SshPublicKey key = report.key(use);
      assertThat(KeyFile.read(file, Optional.empty()).publicKey()).isEqualTo(key);
      assertThat(publicKey(KeyFile.publicHalf(file))).isEqualTo(key);
    }
    assertThat(publicKey(state.resolve("root.pub"))).isEqualTo(report.key(KeyUse.ROOT));
  }

  @Test
  void closesEveryFolderAndPrivateFileToOthers() throws Exception {
    KeyCeremony.perform(plan);
    try (Stream<Path> files = Files.walk(state)) {
      assertThat(files.filter(Files::isDirectory)).allSatisfy(f -> hasMode(f, "rwx------"));
    }
    for (Path file : plan.files()) {
      boolean open = file.toString().endsWith(".pub") || file.equals(plan.state().bundle(1));
      hasMode(file, open ? "rw-r--r--" : "rw-------");
    }
    hasMode(head.resolveSibling(""), "rwx------");
  }

  @Test
  void signsTrustBundleOneWithTheRootKey() throws Exception {
    KeyCeremonyReport report = KeyCeremony.perform(plan);

    SignedTrustBundle signed = StateFolder.open(state).newestBundle();
    SshPublicKey root = report.key(KeyUse.ROOT);
    assertThat(signed.objection(root, 0, NOW)).isEmpty();
    TrustBundle bundle = signed.bundle();
    assertThat(bundle.number()).isEqualTo(1);
    assertThat(bundle.ledgerOrigin()).isEqualTo(ORIGIN);
    assertThat(bundle.validUntil()).isEqualTo(Instant.parse("2027-11-21T01:13:00Z"));
    assertThat(bundle.userCaKeys()).containsExactly(report.key(KeyUse.USER_CA));
    assertThat(bundle.hostCaKeys()).containsExactly(report.key(KeyUse.HOST_CA));
    assertThat(bundle.ledgerKeys()).containsExactly(report.key(KeyUse.LEDGER));
    assertThat(bundle.channelKeys()).containsExactly(report.key(KeyUse.CHANNEL));
    assertThat(bundle.breakGlassKey()).isEmpty();
    assertThat(bundle.modes()).containsExactlyInAnyOrder(ServerMode.values());
  }

  @Test
  void makesHeadOfTheNewLedger() throws Exception {
    KeyCeremony.perform(plan);
    try (TwoSlotHeadFile file = TwoSlotHeadFile.open(head)) {
      assertThat(file.read()).isEqualTo(SignerHead.ofNewLedger(ORIGIN));
    }
  }

  @Test
  void tellsTheOperatorToTakeTheRootKeyAway() throws Exception {
    KeyCeremonyReport report = KeyCeremony.perform(plan);
    assertThat(report.text())
        .contains(report.rootKey().toString())
        .contains("take the root key away")
        .contains("2027-11-21")
        .contains(report.key(KeyUse.USER_CA).fingerprint().toString())
        .doesNotContain("PRIVATE KEY");
    assertThat(report.text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(200));
  }

  @Test
  void overwritesNothingAndNamesEverythingThatIsThere() throws Exception {
    for (Path present : plan.files()) {
      KeyCeremonyPlan fresh = freshPlan(present);
      Path file = fresh.files().get(plan.files().indexOf(present));
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, "mine");

      assertThatThrownBy(() -> KeyCeremony.perform(fresh))
          .isInstanceOfSatisfying(
              KeyCeremonyRefused.class, e -> assertThat(e.present()).containsExactly(file))
          .hasMessageContaining(file.toString());

      assertThat(file).hasContent("mine");
      assertThat(fresh.files().stream().filter(Files::exists)).containsExactly(file);
    }
  }

  @Test
  void refusesSecondCeremonyNamingAllThatTheFirstMade() throws Exception {
    KeyCeremony.perform(plan);
    byte[] before = Files.readAllBytes(state.resolve("keys/user-ca"));
    assertThatThrownBy(() -> KeyCeremony.perform(plan))
        .isInstanceOfSatisfying(
            KeyCeremonyRefused.class,
            e -> assertThat(e.present()).containsExactlyElementsOf(plan.files()));
    assertThat(state.resolve("keys/user-ca")).hasBinaryContent(before);
  }

  @Test
  void refusesDanglingLinkInItsWay() throws Exception {
    Files.createDirectories(state.resolve("keys"));
    Path link = state.resolve("keys/ledger");
    Files.createSymbolicLink(link, folder.resolve("elsewhere"));
    assertThatThrownBy(() -> KeyCeremony.perform(plan)).isInstanceOf(KeyCeremonyRefused.class);
    assertThat(folder.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void usesStateFolderThatIsThereAndClosed() throws Exception {
    PrivateFile.createFolder(state);
    assertThat(KeyCeremony.perform(plan).stateFolder()).isEqualTo(state);
  }

  @Test
  void refusesStateFolderThatOthersMayEnter() throws Exception {
    Files.createDirectories(state);
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatIOException()
        .isThrownBy(() -> KeyCeremony.perform(plan))
        .withMessageContaining("open to others");
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void leavesNothingBehindWhenItFails() throws Exception {
    String tooLong = "o".repeat(300);
    KeyCeremonyPlan bad = KeyCeremonyPlan.withDefaults(state, head, tooLong, NOW);
    assertThatIllegalArgumentException().isThrownBy(() -> KeyCeremony.perform(bad));
    assertThat(bad.files()).allSatisfy(file -> assertThat(file).doesNotExist());
  }

  @Test
  void putsKeysWhereThePlanSays() throws Exception {
    Path elsewhere = folder.resolve("elsewhere");
    Map<KeyUse, Path> keys =
        Map.of(
            KeyUse.USER_CA, elsewhere.resolve("a"),
            KeyUse.HOST_CA, elsewhere.resolve("b"),
            KeyUse.LEDGER, elsewhere.resolve("c"),
            KeyUse.CHANNEL, elsewhere.resolve("d"));
    KeyCeremonyReport report = KeyCeremony.perform(planWith(keys));
    assertThat(KeyFile.read(elsewhere.resolve("c"), Optional.empty()).publicKey())
        .isEqualTo(report.key(KeyUse.LEDGER));
  }

  @Test
  void wantsFileOfItsOwnForEachKey() {
    Path one = folder.resolve("one");
    Map<KeyUse, Path> same =
        Map.of(KeyUse.USER_CA, one, KeyUse.HOST_CA, one, KeyUse.LEDGER, one, KeyUse.CHANNEL, one);
    assertThatIllegalArgumentException().isThrownBy(() -> planWith(same));
    assertThatIllegalArgumentException().isThrownBy(() -> planWith(Map.of(KeyUse.USER_CA, one)));
  }

  @Test
  void takesKeysThatAreElsewhereAndMakesTheOthers() throws Exception {
    SshPublicKey userCa = OpenSshPrivateKey.generate(SshKeyType.ECDSA_P384).publicKey();
    SshPublicKey hostCa = OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
    Map<KeyUse, Path> made =
        Map.of(KeyUse.LEDGER, folder.resolve("l"), KeyUse.CHANNEL, folder.resolve("c"));
    KeyCeremonyPlan mixed = planWith(made, Map.of(KeyUse.USER_CA, userCa, KeyUse.HOST_CA, hostCa));

    KeyCeremonyReport report = KeyCeremony.perform(mixed);

    assertThat(report.key(KeyUse.USER_CA)).isEqualTo(userCa);
    SignedTrustBundle bundle = new StateFolder(state).newestBundle();
    assertThat(bundle.bundle().userCaKeys()).containsExactly(userCa);
    assertThat(bundle.bundle().hostCaKeys()).containsExactly(hostCa);
    assertThat(bundle.bundle().ledgerKeys()).containsExactly(report.key(KeyUse.LEDGER));
    assertThat(state.resolve("keys/user-ca")).doesNotExist();
  }

  @Test
  void refusesOneKeyForTwoUses() {
    SshPublicKey one = OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
    Map<KeyUse, Path> made =
        Map.of(KeyUse.LEDGER, folder.resolve("l"), KeyUse.CHANNEL, folder.resolve("c"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> planWith(made, Map.of(KeyUse.USER_CA, one, KeyUse.HOST_CA, one)))
        .withMessageContaining("two uses");
  }

  private KeyCeremonyPlan planWith(Map<KeyUse, Path> keys) {
    return planWith(keys, Map.of());
  }

  private KeyCeremonyPlan planWith(Map<KeyUse, Path> keys, Map<KeyUse, SshPublicKey> present) {
    return new KeyCeremonyPlan(
        new StateFolder(state),
        keys,
        present,
        Optional.of(head),
        ORIGIN,
        Set.of(ServerMode.FILE),
        NOW,
        Duration.ofDays(1));
  }

  private KeyCeremonyPlan freshPlan(Path present) {
    Path fresh = folder.resolve("fresh-" + plan.files().indexOf(present));
    return KeyCeremonyPlan.withDefaults(
        fresh.resolve("state"), fresh.resolve("head-folder/head"), ORIGIN, NOW);
  }

  private static SshPublicKey publicKey(Path file) throws Exception {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1);
    return SshPublicKey.parse(lines.getFirst());
  }

  private static void hasMode(Path file, String mode) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .as("%s", file)
        .isEqualTo(mode);
  }
}
