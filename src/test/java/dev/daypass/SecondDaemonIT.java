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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second process on the same state refuses, and does not disturb the first (CASES 58). */
final class SecondDaemonIT {
  private static final int STARTS = Boolean.getBoolean("daypass.long") ? 50 : 1;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private Path second;

  @BeforeEach
  void makeFolder() throws Exception {
    second = Files.createDirectory(folder.resolve("second"));
  }

  @Test
  void refusesTheHeadThatAnotherHolds() throws Exception {
    assertRefused(config -> config, "is in use by another daypassd");
  }

  @Test
  void refusesTheStoreThatAnotherHolds() throws Exception {
    Path otherHead = second.resolve("head");
    assertRefused(
        config -> {
          Files.copy(folder.resolve("first/head/head"), otherHead);
          return config.replace(folder.resolve("first/head/head").toString(), otherHead.toString());
        },
        "another process uses this store");
  }

  private void assertRefused(Change change, String why) throws Exception {
    try (TestIdp idp = new TestIdp()) {
      Path first = Files.createDirectory(folder.resolve("first"));
      CaFiles files =
          CaFiles.make(
              first, first.resolve("head").resolve("head"), TestCa.with().settings(idp.issuer()));
      Observed observed = new Observed();
      try (DaemonProcess daemon = DaemonProcess.start(files);
          CaClient client = new CaClient(files, observed)) {
        var _ = daemon.awaitReady(PATIENCE);
        issue(client, idp);

        CaFiles others = files.in(second, change.of(Files.readString(files.configFile())));
        List<Duration> refusals = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
          refusals.add(refused(others, why));
        }
        Figures.record(
            Goal.R10,
            SecondDaemonIT.class,
            "%d starts of a second process, each refused; the slowest after %d ms",
            STARTS,
            Collections.max(refusals).toMillis());

        assertThat(client.readiness().status()).isEqualTo(200);
        issue(client, idp);
        daemon.kill();
      }
      new LedgerInvariants(files).checkDead(observed, true);
    }
  }

  private static Duration refused(CaFiles others, String why) throws Exception {
    long start = System.nanoTime();
    try (DaemonProcess late = DaemonProcess.start(others)) {
      assertThat(late.awaitExit(PATIENCE)).isNotZero();
      assertThat(late.log()).contains(why).doesNotContain("fault of its own");
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void issue(CaClient client, TestIdp idp) throws Exception {
    SshSigner key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    CaAnswer answer = client.certificate(key, idp.token("alice@example.com", "dba")).send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  @FunctionalInterface
  private interface Change {
    String of(String config) throws Exception;
  }
}
