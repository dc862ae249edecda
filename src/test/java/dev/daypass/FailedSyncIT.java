package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.faults.Figures;
import dev.daypass.faults.Goal;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The n-th sync of a thread fails with EIO (RELIABILITY, R3): it is not tried again, the process
 * ends, nothing is released that is not in the ledger, and the next start is clean.
 */
final class FailedSyncIT {
  private static final boolean LONG = Boolean.getBoolean("daypass.long");

  /** strace counts for each thread: 2 falls into the first start, the later one under load. */
  private static final int[] SYNCS =
      LONG ? IntStream.rangeClosed(1, 200).toArray() : new int[] {2, 11};

  private static final int CLIENTS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void endsWithoutAReleaseAndStartsClean(@TempDir Path folder) throws Exception {
    try (TestIdp idp = new TestIdp()) {
      CaFiles files =
          CaFiles.make(
              folder, folder.resolve("head").resolve("head"), TestCa.with().settings(idp.issuer()));
      LedgerInvariants invariants = new LedgerInvariants(files);
      Observed observed = new Observed();
      try (CaClient client = new CaClient(files, observed)) {
        for (int n : SYNCS) {
          int exit = runUntilItEnds(files, client, idp, n);
          assertThat(exit).as("sync %s", n).isNotZero();
          invariants.checkDead(observed, true);
          startClean(files, client, idp);
          invariants.checkDead(observed, true);
        }
        Figures.record(
            Goal.R3,
            FailedSyncIT.class,
            "%d syncs failed with EIO; the process ended each time, %d certificates, none lost",
            SYNCS.length,
            observed.certificates().size());
      }
    }
  }

  private static int runUntilItEnds(CaFiles files, CaClient client, TestIdp idp, int n)
      throws Exception {
    List<String> strace =
        List.of(
            "strace",
            "-D",
            "-f",
            "--seccomp-bpf",
            "-e",
            "trace=fsync,fdatasync",
            "-e",
            "inject=fsync,fdatasync:error=EIO:when=" + n,
            "-o",
            "/dev/null");
    try (DaemonProcess daemon = DaemonProcess.start(files, strace);
        CrashClients clients = CrashClients.start(CLIENTS, client, idp)) {
      int exit = daemon.awaitExit(PATIENCE);
      assertThat(clients.unexpected()).as("sync %s", n).isEmpty();
      return exit;
    }
  }

  private static void startClean(CaFiles files, CaClient client, TestIdp idp) throws Exception {
    SshSigner key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    try (DaemonProcess daemon = DaemonProcess.start(files)) {
      var _ = daemon.awaitReady(PATIENCE);
      CaAnswer answer = client.certificate(key, idp.token("user-0@example.com", "dba")).send();
      assertThat(answer.status()).as(answer.body()).isEqualTo(201);
      daemon.stop();
    }
  }
}
