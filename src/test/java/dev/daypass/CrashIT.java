package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.faults.Figures;
import dev.daypass.faults.Goal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon is killed at random moments under parallel clients (RELIABILITY, R1). After each death
 * its files are checked as they lie, against everything that the clients ever received.
 */
final class CrashIT {
  private static final boolean LONG = Boolean.getBoolean("daypass.long");
  private static final int KILLS = LONG ? 1000 : 30;
  private static final int CLIENTS = 8;

  /** One kill in so many falls into the start, which may be replaying the traces of the last. */
  private static final int KILLS_PER_EARLY_ONE = 5;

  private static final int EARLY_MILLIS = 1500;
  private static final int UNDER_LOAD_MILLIS = 600;
  private static final int LAST_LINES = 20;

  /** The whole ledger is checked after each kill; in the long form it grows too large for that. */
  private static final int KILLS_PER_FULL_CHECK = LONG ? 20 : 1;

  private static final Duration PATIENCE = Duration.ofMinutes(LONG ? 5 : 1);

  /** The goal is 3 s on a machine that does nothing else; a build machine does. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(20);

  private final List<Duration> starts = new ArrayList<>();
  private final Observed observed = new Observed();

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void losesNothingThatItReleased(@TempDir Path folder) throws Exception {
    long seed = Long.getLong("daypass.seed", System.nanoTime());
    System.out.println("CrashIT: -Ddaypass.seed=" + seed);
    Random random = new Random(seed);
    try (TestIdp idp = new TestIdp()) {
      CaFiles files =
          CaFiles.make(
              Files.createDirectory(folder.resolve("ca")),
              folder.resolve("head").resolve("head"),
              TestCa.with().settings(idp.issuer()));
      LedgerInvariants invariants = new LedgerInvariants(files);
      startOnceInOrder(files);
      try (CaClient client = new CaClient(files, observed);
          CrashClients clients = CrashClients.start(CLIENTS, client, idp)) {
        for (int kill = 1; kill <= KILLS; kill++) {
          String newest =
              runUntilKilled(files, client, clients, random, kill % KILLS_PER_EARLY_ONE == 0);
          invariants.checkDead(observed, kill % KILLS_PER_FULL_CHECK == 0);
          assertThat(clients.unexpected())
              .as("answers, seed %s kill %s, after\n%s", seed, kill, newest)
              .isEmpty();
        }
        report(clients);
        assertThat(clients.released()).isGreaterThan(KILLS);
      }
      startOnceInOrder(files);
      new LedgerInvariants(files).checkDead(observed, true);
    }
    assertThat(Collections.max(starts)).as("ready again").isLessThan(READY_WITHIN);
  }

  /** Returns the last lines that the daemon said. */
  private String runUntilKilled(
      CaFiles files, CaClient client, CrashClients clients, Random random, boolean early)
      throws Exception {
    long before = clients.released();
    try (DaemonProcess daemon = DaemonProcess.start(files)) {
      if (early) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(EARLY_MILLIS)));
      } else {
        starts.add(daemon.awaitReady(PATIENCE));
        client.checkpoint();
        awaitRelease(clients, before);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(UNDER_LOAD_MILLIS)));
      }
      daemon.kill();
      List<String> lines = daemon.log().lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
  }

  /** Until the clients are served again: what was signed before the start is refused. */
  private static void awaitRelease(CrashClients clients, long before) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (clients.released() == before) {
      assertThat(System.nanoTime())
          .as("no certificate: %s", clients.unexpected())
          .isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Also writes the cache of classes, which a killed process never does. */
  private static void startOnceInOrder(CaFiles files) throws Exception {
    try (DaemonProcess daemon = DaemonProcess.start(files)) {
      var _ = daemon.awaitReady(PATIENCE);
      daemon.stop();
    }
  }

  private void report(CrashClients clients) {
    Collections.sort(starts);
    Figures.record(
        Goal.R1,
        CrashIT.class,
        "%d kills, %d certificates released, none lost; %d requests unanswered, %d times 503;"
            + " ready after min %d, p50 %d, p99 %d, max %d ms",
        KILLS,
        clients.released(),
        clients.unanswered(),
        clients.unavailable(),
        percentile(0),
        percentile(50),
        percentile(99),
        percentile(100));
  }

  private long percentile(int percent) {
    int index = Math.ceilDiv(starts.size() * percent, 100) - 1;
    return starts.get(Math.max(0, index)).toMillis();
  }
}
