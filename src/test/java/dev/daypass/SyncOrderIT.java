package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.faults.Figures;
import dev.daypass.faults.Goal;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel's own account of the order: for each of 1,000 requests, alone and in company, both
 * syncs precede the answer's first byte (RELIABILITY, R5).
 */
final class SyncOrderIT {
  private static final int ALONE = 500;
  private static final int ALL = 1000;
  private static final int CLIENTS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void syncsTwiceBeforeTheFirstByteOfAnAnswer(@TempDir Path folder) throws Exception {
    try (TestIdp idp = new TestIdp()) {
      CaFiles files =
          CaFiles.make(
              folder, folder.resolve("head").resolve("head"), TestCa.with().settings(idp.issuer()));
      Path trace = folder.resolve("trace");
      Observed observed = new Observed();
      try (DaemonProcess daemon = DaemonProcess.start(files, strace(trace));
          CaClient client = new CaClient(files, observed)) {
        var _ = daemon.awaitReady(PATIENCE);
        askAlone(client, idp);
        askInCompany(client, idp, observed);
        daemon.stop();
      }
      awaitEnd(trace);
      SyncOrder.Verdict verdict =
          SyncOrder.of(SyscallTrace.read(trace), files.store(), files.config().ledger().head());
      Figures.record(
          Goal.R5,
          SyncOrderIT.class,
          "%d of %d answers began after both syncs",
          verdict.inOrder().size(),
          verdict.inOrder().size() + verdict.tooEarly().size());
      assertThat(verdict.tooEarly()).isEmpty();
      assertThat(verdict.inOrder())
          .hasSizeGreaterThanOrEqualTo(ALL)
          .containsExactlyInAnyOrderElementsOf(
              observed.certificates().stream()
                  .map(certificate -> certificate.content().serial().bits())
                  .toList());
    }
  }

  private static void askAlone(CaClient client, TestIdp idp) throws Exception {
    SshSigner key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    String token = idp.token("alice@example.com", "dba");
    for (int i = 0; i < ALONE; i++) {
      assertThat(client.certificate(key, token).send().status()).isEqualTo(201);
    }
  }

  private static void askInCompany(CaClient client, TestIdp idp, Observed observed) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (CrashClients clients = CrashClients.start(CLIENTS, client, idp)) {
      while (clients.released() < ALL - ALONE) {
        assertThat(System.nanoTime()).as("certificates: %s", observed).isLessThan(deadline);
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  /** The tracer outlives the daemon by a moment. */
  private static void awaitEnd(Path trace) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.readString(trace, java.nio.charset.StandardCharsets.ISO_8859_1)
        .strip()
        .endsWith("+++ exited with 143 +++")) {
      assertThat(System.nanoTime()).as("end of the trace").isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** {@code -D}: the daemon stays a child of this process, the tracer is none. */
  private static List<String> strace(Path trace) {
    return List.of(
        "strace",
        "-D",
        "-f",
        "-y",
        "-x",
        "--seccomp-bpf",
        "-s",
        "1500",
        "-e",
        "trace=fsync,fdatasync,write,writev,pwrite64,sendto,sendmsg",
        "-o",
        trace.toString());
  }
}
