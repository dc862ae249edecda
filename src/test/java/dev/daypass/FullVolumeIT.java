package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.faults.Figures;
import dev.daypass.faults.Goal;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The state's volume is full: nothing is signed, all that needs no space is still answered, and
 * once there is space again it goes on by itself (RELIABILITY, R4).
 */
final class FullVolumeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The goals are 1 s and 10 s; a busy machine may be slower to answer, not to recover. */
  private static final Duration REFUSES_WITHIN = Duration.ofSeconds(5);

  private static final Duration RECOVERS_WITHIN = Duration.ofSeconds(10);

  private final SshSigner key = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  @Test
  void refusesWhileThereIsNoSpaceAndRecovers(@TempDir Path folder) throws Exception {
    Path volume = Files.createDirectory(folder.resolve("volume"));
    run("mount", "-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", volume.toString());
    try (TestIdp idp = new TestIdp()) {
      CaFiles files =
          CaFiles.make(
              volume, folder.resolve("head").resolve("head"), TestCa.with().settings(idp.issuer()));
      // Diagnostics and caches of the test itself must not need the space.
      CaFiles elsewhere =
          files.in(
              Files.createDirectory(folder.resolve("elsewhere")),
              Files.readString(files.configFile()));
      Observed observed = new Observed();
      try (DaemonProcess daemon = DaemonProcess.start(elsewhere);
          CaClient client = new CaClient(files, observed)) {
        var _ = daemon.awaitReady(PATIENCE);
        String known = idp.token("alice@example.com", "dba");
        assertThat(client.certificate(key, known).send().status()).isEqualTo(201);

        Path filler = volume.resolve("filler");
        fill(filler);
        long full = System.nanoTime();
        awaitRefusal(client, known);
        Duration refused = Duration.ofNanos(System.nanoTime() - full);
        assertServesWhatNeedsNoSpace(client);
        // One whom the registry does not know yet needs space before the ledger does.
        assertThat(client.certificate(key, idp.token("new@example.com", "dba")).send().status())
            .isEqualTo(503);

        Files.delete(filler);
        Duration recovered = awaitRecovery(daemon, client, known);
        Figures.record(
            Goal.R4,
            FullVolumeIT.class,
            "503 after %d ms, issuing again %d ms after there was space",
            refused.toMillis(),
            recovered.toMillis());
        assertThat(refused).isLessThan(REFUSES_WITHIN);
        assertThat(recovered).isLessThan(RECOVERS_WITHIN);
        daemon.kill();
      }
      new LedgerInvariants(files).checkDead(observed, true);
    } finally {
      run("umount", volume.toString());
    }
  }

  /** The database has some free pages: they are used up before the first refusal. */
  private void awaitRefusal(CaClient client, String token) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    CaAnswer answer = client.certificate(key, token).send();
    while (answer.status() == 201) {
      assertThat(System.nanoTime()).as("still issuing").isLessThan(deadline);
      answer = client.certificate(key, token).send();
    }
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
  }

  private static void assertServesWhatNeedsNoSpace(CaClient client) throws IOException {
    CaAnswer readiness = client.readiness();
    assertThat(readiness.status()).isEqualTo(503);
    assertThat(readiness.json().path("checks").path("ledger").asString()).isEqualTo("store-full");
    for (String path : new String[] {"/healthz", "/ledger/checkpoint", "/v1/bundle"}) {
      assertThat(client.get(path, Map.of()).status()).as(path).isEqualTo(200);
    }
  }

  private Duration awaitRecovery(DaemonProcess daemon, CaClient client, String token)
      throws IOException {
    long space = System.nanoTime();
    CaAnswer answer = client.certificate(key, token).send();
    while (answer.status() != 201) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertThat(daemon.isAlive()).isTrue();
      assertThat(System.nanoTime() - space).as("recovery").isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(10_000_000);
      answer = client.certificate(key, token).send();
    }
    return Duration.ofNanos(System.nanoTime() - space);
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    Arrays.fill(block, (byte) 'x');
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as("%s (needs root)", String.join(" ", command)).isZero();
  }
}
