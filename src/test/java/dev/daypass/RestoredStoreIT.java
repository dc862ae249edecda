package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.faults.Figures;
import dev.daypass.faults.Goal;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A store that was restored from a backup, behind the signer's head: the daemon starts, says so,
 * and never signs (CASES 57).
 */
final class RestoredStoreIT {
  private final SshSigner key = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  @Test
  void startsButNeverSignsBehindTheHead() throws Exception {
    try (TestCa ca = TestCa.start()) {
      Path backup = ca.files().configFile().resolveSibling("backup.db");
      Path newest = ca.files().configFile().resolveSibling("newest.db");
      assertThat(ask(ca).status()).isEqualTo(201);
      ca.stopDaemon();
      copyStore(ca, backup);
      ca.startDaemon();
      assertThat(ask(ca).status()).isEqualTo(201);
      ca.checkInvariants();
      ca.stopDaemon();
      copyStore(ca, newest);

      restore(ca, backup);
      ca.startDaemon();
      assertNeverSigns(ca, "store-behind");

      restore(ca, newest);
      ca.startDaemon();
      assertThat(ca.client().readiness().status()).isEqualTo(200);
      assertThat(ask(ca).status()).isEqualTo(201);
      ca.checkInvariants();
      assertThat(ca.exits()).isEmpty();
    }
    Figures.record(
        Goal.R9, RestoredStoreIT.class, "an old store signs nothing, the newest one goes on");
  }

  @Test
  void startsButNeverSignsForAnotherHistory() throws Exception {
    try (TestCa ca = TestCa.start()) {
      Path backup = ca.files().configFile().resolveSibling("backup.db");
      Path head = ca.files().config().ledger().head();
      ca.stopDaemon();
      copyStore(ca, backup);
      byte[] headThen = Files.readAllBytes(head);
      ca.startDaemon();
      ca.stopDaemon();
      byte[] headNow = Files.readAllBytes(head);

      // The same number of entries again, but others: with the head of then they would be signed.
      restore(ca, backup);
      Files.write(head, headThen);
      ca.startDaemon();
      ca.stopDaemon();
      Files.write(head, headNow);
      ca.startDaemon();
      assertNeverSigns(ca, "store-diverged");
    }
  }

  private void assertNeverSigns(TestCa ca, String why) throws IOException {
    long size = ca.daemon().ledger().size().value();
    long known = ca.observed().certificates().size();
    CaAnswer readiness = ca.client().readiness();
    assertThat(readiness.status()).isEqualTo(503);
    assertThat(readiness.json().path("checks").path("ledger").asString()).isEqualTo(why);
    CaAnswer answer = ask(ca);
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(ca.client().get("/ledger/checkpoint", Map.of()).status()).isEqualTo(503);
    assertThat(ca.client().get("/healthz", Map.of()).status()).isEqualTo(200);
    assertThat(ca.client().get("/v1/bundle", Map.of()).status()).isEqualTo(200);
    assertThat(ca.daemon().ledger().size().value()).isEqualTo(size);
    assertThat(ca.observed().certificates()).hasSize((int) known);
    ca.stopDaemon();
  }

  private CaAnswer ask(TestCa ca) throws IOException {
    return ca.client().certificate(key, ca.idp().token("alice@example.com", "dba")).send();
  }

  private static void copyStore(TestCa ca, Path to) throws IOException {
    copy(ca.files().store(), to);
  }

  private static void restore(TestCa ca, Path from) throws IOException {
    copy(from, ca.files().store());
  }

  /** With its write-ahead log, which an orderly end leaves as it is; or without, if it has none. */
  private static void copy(Path from, Path to) throws IOException {
    for (String suffix : new String[] {"", "-wal", "-shm"}) {
      Path file = from.resolveSibling(from.getFileName() + suffix);
      Path target = to.resolveSibling(to.getFileName() + suffix);
      Files.deleteIfExists(target);
      if (Files.exists(file) && !suffix.equals("-shm")) {
        Files.copy(file, target);
      }
    }
  }
}
