package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.Operator.Outcome;
import dev.daypass.config.ConfigReader;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The drill for a store that lost entries: DESIGN section 6, "Lost entries". */
@Timeout(180)
final class RecoveryIT {
  @TempDir private Path folder;
  private TestCa ca;
  private StoreFiles store;
  private Path copy;
  private Path backup;

  @BeforeEach
  void loseEntries() throws Exception {
    copy = Files.createDirectory(folder.resolve("copy"));
    backup = folder.resolve("backup.db");
    ca = TestCa.start();
    store = new StoreFiles(ca.files().store());
    ca.restartAs(
        text -> text.replace("ledger: {", "ledger: { copies: [{ folder: " + copy + " }],"));
    issue();
    ca.stopDaemon();
    store.copyTo(backup);
    ca.startDaemon();
    issue();
    issue();
    awaitCopy();
    ca.stopDaemon();
    new StoreFiles(backup).copyTo(store.store());
  }

  @AfterEach
  void close() {
    ca.close();
  }

  @Test
  void lostEntriesComeBackFromACopyWithoutTheirDetails() throws Exception {
    ca.startDaemon();
    assertThat(ca.client().readiness().body()).contains("store-behind");
    ca.stopDaemon();

    Outcome recovered = operator().run("ledger", "recover", "--from", copy.toString());
    assertThat(recovered.exit()).as(recovered.toString()).isZero();
    assertThat(recovered.out()).startsWith("recovered: ").contains("certificate.granted  2");

    ca.startDaemon();
    assertThat(ca.client().readiness().status()).isEqualTo(200);
    issue();
    // Every certificate that was ever released is in it, and every checkpoint is of it.
    ca.checkInvariants();
    awaitCopy();
    ca.stopDaemon();
    Outcome verified = operator().run("ledger", "verify");
    assertThat(verified.exit()).as(verified.toString()).isZero();
    assertThat(verified.out()).contains("lost, as a later entry says of a recovery");
    Outcome published = operator().run("ledger", "verify", "--from", copy.toString());
    assertThat(published.exit()).as(published.toString()).isZero();
    assertThat(operator().run("ledger", "recover", "--from", copy.toString()).out())
        .startsWith("nothing to do: ");
  }

  @Test
  void tombstonesThatNobodyTellsOfAreFound() throws Exception {
    assertThat(operator().run("ledger", "recover", "--from", copy.toString()).exit()).isZero();
    Outcome verified = operator().run("ledger", "verify");
    assertThat(verified.exit()).isEqualTo(2);
    assertThat(verified.out()).contains("its details are gone, and no later entry erased them");
  }

  @Test
  void aCopyThatEndsTooEarlyOrIsAnothersIsRefusedAndNothingIsWritten() throws Exception {
    long before = store.size();
    Path checkpoint = copy.resolve("checkpoint");
    String newest = Files.readString(checkpoint);
    Files.writeString(checkpoint, newest.replaceFirst("\n[0-9]+\n", "\n3\n"));
    requireRefused("the copy ends at 3 entries");
    Files.writeString(checkpoint, newest);
    Path bundle = lastBundle();
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length - 20] ^= 1;
    Files.write(bundle, bytes);
    requireRefused("does not continue what is stored here");
    Files.delete(bundle);
    requireRefused("the copy lacks entry");
    assertThat(store.size()).isEqualTo(before);
  }

  @Test
  void withoutACopyANewLedgerNamesWhereTheOldOneEnded() throws Exception {
    Path last = copy.resolve("checkpoint");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwx------"));
    Path config =
        Files.writeString(
            other.resolve("daypass.yaml"),
            Files.readString(ca.files().configFile())
                .replaceAll("copies: \\[.*?\\],", "")
                .replaceAll("state: .*", "state: " + other.resolve("state"))
                .replaceAll("head: [^ }]+", "head: " + other.resolve("head/head")));
    assertThat(new Operator(config).run("init", "--previous", last.toString()).err())
        .contains("a ledger does not follow itself");
    Files.writeString(
        config,
        Files.readString(config).replace("origin: test.invalid/daypass", "origin: test.invalid/2"));
    Outcome made = new Operator(config).run("init", "--previous", last.toString());
    assertThat(made.exit()).as(made.toString()).isZero();

    Checkpoint ended = Checkpoint.parse(Files.readString(last).split("\n\n", -1)[0] + "\n");
    try (Daemon daemon =
        Daemon.start(new ConfigReader(Optional.empty()).read(config), (_, _) -> {})) {
      Entry first = daemon.ledger().entry(new EntryNumber(0)).orElseThrow();
      var previous = first.publicPart().orElseThrow().object("previous").orElseThrow();
      assertThat(previous.text("origin")).contains("test.invalid/daypass");
      assertThat(previous.integer("size")).contains(ended.size().value());
    }
    assertThat(new Operator(config).run("ledger", "verify").exit()).isZero();
  }

  private Operator operator() {
    return new Operator(ca.files().configFile());
  }

  private void requireRefused(String why) {
    Outcome refused = operator().run("ledger", "recover", "--from", copy.toString());
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(2);
    assertThat(refused.err()).contains(why, "daypassd init --previous");
  }

  private Path lastBundle() throws IOException {
    String size = Files.readString(copy.resolve("checkpoint")).split("\n", -1)[1];
    return copy.resolve("tile/entries/000.p").resolve(size);
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

  private void awaitCopy() throws Exception {
    Waiting.until(
        "the copy is complete",
        () -> ca.client().get("/readyz", Map.of()).body().contains("\"copy-1\":\"ok, 0 behind\""));
  }
}
