package dev.daypass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.faults.Figures;
import dev.daypass.faults.Goal;
import dev.daypass.oidc.FakeIdp;
import dev.daypass.oidc.TestKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged daemon under more than it can do, beside slow clients, and at half of its peak for
 * long (RELIABILITY, R12 to R14). What it answers is asserted; how fast, only written down.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class LoadFaultsIT {
  private static final boolean LONG = Boolean.getBoolean("daypass.long");
  private static final int REQUESTS = LONG ? 20_000 : 3_000;
  private static final int CALLERS = 64;

  /** More than the 2,048 that may be in work. */
  private static final int TOO_MANY = 2_560;

  private static final int SLOW = 2_000;
  private static final int PACED_ROUNDS = 120;
  private static final int SECONDS_A_ROUND = 5;

  private FakeIdp idp;
  private BenchDaemon daemon;
  private Callers callers;
  private Crowd.Outcome peak;

  @BeforeAll
  void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    TestKey provider = TestKey.rsa("bench");
    idp = new FakeIdp(provider);
    daemon = BenchDaemon.start(folder, idp.issuer());
    callers = new Callers(daemon.authority(), provider, idp.issuer(), 200, REQUESTS);
    // DESIGN section 4, Requests: what is signed within 2 s of the start is refused.
    Instant remembers = Instant.now().plusSeconds(3);
    while (Instant.now().isBefore(remembers)) {
      LockSupport.parkNanos(100_000_000);
    }
    Crowd.ask(daemon.port(), callers.requests(), CALLERS); // warms up
    peak = Crowd.ask(daemon.port(), callers.requests(), CALLERS);
    assertThat(peak.counts()).containsOnlyKeys(201);
  }

  @AfterAll
  void stop() throws IOException {
    daemon.close();
    idp.close();
  }

  @Test
  void moreThanItCanDoIsRefusedSoonAndTheRestIsDone() throws Exception {
    Crowd.Outcome crowd = Crowd.ask(daemon.port(), callers.requests(), TOO_MANY);
    assertThat(crowd.counts().keySet()).isSubsetOf(201, 503);
    Crowd.Outcome after = Crowd.ask(daemon.port(), callers.requests(), CALLERS);
    assertThat(after.counts()).as("it goes on as before").containsOnlyKeys(201);
    Figures.record(
        Goal.R14,
        LoadFaultsIT.class,
        "%d callers at once: %.0f %% of the %.0f a second that %d callers get; answers %s;"
            + " the longest wait for a certificate %.0f ms%s",
        TOO_MANY,
        100 * crowd.perSecond(201) / peak.perSecond(201),
        peak.perSecond(201),
        CALLERS,
        crowd.counts(),
        crowd.latencies(201).millis(1),
        refusals(crowd));
  }

  private static String refusals(Crowd.Outcome crowd) {
    return crowd.counts().containsKey(503)
        ? String.format("; a refusal p50 %.1f ms", crowd.latencies(503).millis(0.5))
        : "";
  }

  @Test
  void slowConnectionsKeepNobodyWaiting() throws Exception {
    try (SlowCrowd slow = SlowCrowd.open(daemon.port(), SLOW)) {
      assertThat(slow.drip()).isPositive();
      Crowd.Outcome others =
          Crowd.ask(daemon.port(), callers.requests().subList(0, REQUESTS / 10), 1);
      assertThat(others.counts()).containsOnlyKeys(201);
      Figures.record(
          Goal.R12,
          LoadFaultsIT.class,
          "%d slow connections; another caller's p50 %.1f ms, p99 %.1f ms",
          SLOW,
          others.latencies(201).millis(0.5),
          others.latencies(201).millis(0.99));
      assertAllClosed(slow);
    }
  }

  /** A request that has not arrived after 10 s is given up, a silent connection as well. */
  private static void assertAllClosed(SlowCrowd slow) throws IOException {
    if (!LONG) {
      return; // ConnectionWatchTest moves the clock instead
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (slow.drip() > 0) {
      assertThat(System.nanoTime()).as("slow connections stay open").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000_000);
    }
  }

  @Test
  @Tag("long")
  void goesOnForLongAtHalfOfItsPeak() throws Exception {
    double pace = peak.perSecond(201) / 2;
    int each = (int) Math.min(REQUESTS, pace * SECONDS_A_ROUND);
    LongStream.Builder nanos = LongStream.builder();
    long residentBefore = 0;
    long filesBefore = 0;
    for (int round = 0; round < PACED_ROUNDS; round++) {
      Crowd.Outcome paced =
          Crowd.ask(daemon.port(), callers.requests().subList(0, each), CALLERS, pace);
      assertThat(paced.counts()).containsOnlyKeys(201);
      paced.nanos().forEach(nanos);
      if (round == PACED_ROUNDS / 4) {
        residentBefore = daemon.resident();
        filesBefore = daemon.openFiles();
      }
    }
    Latencies all = new Latencies(nanos.build().toArray());
    Figures.record(
        Goal.R13,
        LoadFaultsIT.class,
        "%d certificates at %.0f a second: p50 %.1f ms, p99 %.1f ms; memory %d to %d MiB,"
            + " open files %d to %d",
        all.count(),
        pace,
        all.millis(0.5),
        all.millis(0.99),
        residentBefore / 1024,
        daemon.resident() / 1024,
        filesBefore,
        daemon.openFiles());
    assertThat(daemon.openFiles()).as("no file is left open").isLessThan(filesBefore + CALLERS);
  }
}
