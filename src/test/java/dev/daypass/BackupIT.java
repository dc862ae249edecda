package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.Operator.Outcome;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code daypassd backup} and {@code restore}, as README tells an operator to use them. */
@Timeout(120)
final class BackupIT {
  @TempDir private Path folder;
  private TestCa ca;
  private Path copy;
  private Path backup;

  @BeforeEach
  void start() throws Exception {
    copy = Files.createDirectory(folder.resolve("copy"));
    backup = folder.resolve("backup");
    ca = TestCa.start();
    ca.restartAs(
        text -> text.replace("ledger: {", "ledger: { copies: [{ folder: " + copy + " }],"));
    issue();
  }

  @AfterEach
  void close() {
    ca.close();
  }

  @Test
  void theDrill() throws Exception {
    Outcome made = whileCertificatesAreIssued(() -> run("backup", "--to", backup.toString()));
    assertThat(made.exit()).as(made.toString()).isZero();
    assertThat(made.out()).startsWith("done: a verified backup of the ledger test.invalid/daypass");
    issue();
    awaitCopy();
    ca.stopDaemon();

    // The volume is gone; the head lies on another, and the keys are where they were kept.
    for (String part : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(store().resolveSibling(store().getFileName() + part));
    }
    Outcome restored = run("restore", "--from", backup.toString());
    assertThat(restored.exit()).as(restored.toString()).isZero();
    assertThat(restored.out())
        .startsWith("restored: the ledger test.invalid/daypass")
        .contains("entries that the signer has signed for since")
        .contains("what was erased since is in the backup again")
        .contains("daypassd ledger recover --from PLACE")
        .doesNotContain("kept aside");

    ca.startDaemon();
    assertThat(ca.client().readiness().body()).contains("store-behind");
    ca.stopDaemon();
    Outcome recovered = run("ledger", "recover", "--from", copy.toString());
    assertThat(recovered.exit()).as(recovered.toString()).isZero();

    ca.startDaemon();
    issue();
    // Every certificate that was ever released is in it, and every checkpoint is of it.
    ca.checkInvariants();
    ca.stopDaemon();
    assertThat(run("ledger", "verify").exit()).isZero();
  }

  @Test
  void nothingInItSignsAndNobodyElseReadsIt() throws Exception {
    assertThat(run("backup", "--to", backup.toString()).exit()).isZero();
    try (Stream<Path> files = Files.walk(backup)) {
      for (Path file : files.toList()) {
        Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
        assertThat(open)
            .as(file.toString())
            .allMatch(permission -> permission.name().startsWith("OWNER_"));
        if (Files.isRegularFile(file)) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain("PRIVATE KEY");
        }
      }
    }
    try (Stream<Path> files = Files.list(backup)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "manifest", "ledger.db", "root.pub", "bundles", "keys", "config");
    }
  }

  /** What no ledger holds: the signatures by which a new ledger key took over. */
  @Test
  void aStateThatLostWhatWasPublishedGetsItBack() throws Exception {
    Path state = ca.files().state();
    Path handover = state.resolve("handovers/12");
    Files.createDirectories(handover.resolveSibling(""));
    Files.writeString(handover, "a checkpoint with two signatures\n");
    assertThat(run("backup", "--to", backup.toString()).exit()).isZero();
    ca.stopDaemon();
    String bundle = Files.readString(state.resolve("bundles/1"));
    Files.delete(state.resolve("bundles/1"));
    Files.delete(handover);
    Files.delete(store());
    Outcome restored = run("restore", "--from", backup.toString());
    assertThat(restored.exit()).as(restored.toString()).isZero();
    assertThat(handover).hasContent("a checkpoint with two signatures");
    assertThat(state.resolve("bundles/1")).hasContent(bundle);
  }

  @Test
  void aBackupThatWasChangedIsRefusedAndNothingMoves() throws Exception {
    assertThat(run("backup", "--to", backup.toString()).exit()).isZero();
    ca.stopDaemon();
    byte[] before = Files.readAllBytes(store());
    Path stored = backup.resolve("ledger.db");
    byte[] bytes = Files.readAllBytes(stored);
    bytes[bytes.length / 2] ^= 1;
    Files.write(stored, bytes);
    requireRefused("in the backup ledger.db is missing, or is not what was put there");
    // As somebody does who also writes the manifest anew: the ledger itself tells.
    StoreFiles forged = new StoreFiles(stored);
    bytes[bytes.length / 2] ^= 1;
    Files.write(stored, bytes);
    assertThat(forged.update("UPDATE details SET details = zeroblob(64) WHERE number = 2")).isOne();
    Path manifest = backup.resolve("manifest");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst(
                "file [0-9a-f]{64} ledger.db",
                "file "
                    + dev.daypass.ssh.Bytes.of(Files.readAllBytes(stored)).sha256().hex()
                    + " ledger.db"));
    requireRefused("the ledger in the backup is not what it should be; nothing was changed");
    Files.delete(manifest);
    requireRefused("is no backup, or one that was cut off");
    assertThat(Files.readAllBytes(store())).isEqualTo(before);
  }

  @Test
  void aStoreThatIsThereIsKeptAsideAndOnlyWhenAskedFor() throws Exception {
    Path handover = ca.files().state().resolve("handovers/12");
    Files.createDirectories(handover.resolveSibling(""));
    Files.writeString(handover, "a checkpoint with two signatures\n");
    assertThat(run("backup", "--to", backup.toString()).exit()).isZero();
    Files.delete(handover);
    assertThat(run("restore", "--from", backup.toString(), "--replace").err())
        .contains("another process uses this store", "stop the daemon first");
    assertThat(handover).doesNotExist();
    ca.stopDaemon();
    Outcome refused = run("restore", "--from", backup.toString());
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("there is a store at", "--replace");
    byte[] before = Files.readAllBytes(store());
    Outcome replaced = run("restore", "--from", backup.toString(), "--replace");
    assertThat(replaced.exit()).as(replaced.toString()).isZero();
    Path aside =
        Path.of(replaced.out().replaceFirst("(?s).*kept aside +", "").lines().findFirst().get());
    assertThat(Files.readAllBytes(aside)).isEqualTo(before);
    ca.startDaemon();
    assertThat(ca.client().readiness().status()).isEqualTo(200);
    issue();
    ca.checkInvariants();
  }

  @Test
  void whatIsThereIsNeverWrittenOver() throws Exception {
    Files.createDirectory(backup);
    Outcome refused = run("backup", "--to", backup.toString());
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("is there already");
    Path next = folder.resolve("next");
    Files.createDirectory(folder.resolve("next.part"));
    assertThat(run("backup", "--to", next.toString()).err()).contains("goes on, or was cut off");
    assertThat(run("backup", "--to", folder.resolve("no/such").toString()).err())
        .contains("there is no " + folder.resolve("no"));
  }

  @Test
  void anotherCasBackupIsRefused() throws Exception {
    assertThat(run("backup", "--to", backup.toString()).exit()).isZero();
    ca.stopDaemon();
    Path bundle = backup.resolve("bundles/1");
    Files.writeString(bundle, "# another\n", StandardOpenOption.APPEND);
    Path manifest = backup.resolve("manifest");
    String text = Files.readString(manifest);
    Files.writeString(
        manifest,
        text.replaceFirst(
            "file [0-9a-f]{64} bundles/1",
            "file "
                + dev.daypass.ssh.Bytes.of(Files.readAllBytes(bundle)).sha256().hex()
                + " bundles/1"));
    requireRefused("is there, and differs from the backup's");
    Files.writeString(manifest, text.replace("test.invalid/daypass", "other.invalid/daypass"));
    requireRefused("this backup is of the ledger other.invalid/daypass");
  }

  private Outcome whileCertificatesAreIssued(Act act) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService clients = Executors.newFixedThreadPool(2)) {
      Future<Void> issuing =
          clients.submit(() -> {
            while (!done.get()) {
              issue();
            }
            return null;
          });
      try {
        return act.perform();
      } finally {
        done.set(true);
        issuing.get();
      }
    }
  }

  private interface Act {
    Outcome perform() throws Exception;
  }

  private void requireRefused(String why) {
    Outcome refused = run("restore", "--from", backup.toString(), "--replace");
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(2);
    assertThat(refused.err()).contains(why);
  }

  private Outcome run(String... words) {
    return new Operator(ca.files().configFile()).run(words);
  }

  private Path store() {
    return ca.files().store();
  }

  private void issue() throws IOException {
    CaAnswer answer =
        ca.client()
            .certificate(
                OpenSshPrivateKey.generate(SshKeyType.ED25519),
                ca.idp().token("alice@example.com", "dba"))
            .send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private void awaitCopy() throws IOException {
    while (!ca.client().get("/readyz", Map.of()).body().contains("\"copy-1\":\"ok, 0 behind\"")) {
      Thread.onSpinWait();
    }
  }
}
