package dev.daypass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.oidc.FakeIdp;
import dev.daypass.oidc.TestKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mvn -Pbench verify -Dit.test=FleetBenchmark}: thousands of servers wait on one daemon; how
 * long a revocation takes to all of them, and what their waiting costs. Daemon and servers share
 * the machine's processors.
 *
 * <p>A server counts as reached when it has the list and its signature. That it is reached within
 * ten seconds is promised (DESIGN section 9), and asserted; all else is printed.
 */
final class FleetBenchmark {
  private static final int HOSTS = Integer.getInteger("daypass.bench.hosts", 5_000);
  private static final int ROUNDS = Integer.getInteger("daypass.bench.revocations", 4);

  /** Longer than one wait, so that each server comes once more meanwhile. */
  private static final Duration AT_REST = Duration.ofSeconds(60);

  private static final Duration PROMISED = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void aRevocationReachesAll() throws Exception {
    List<String> names =
        IntStream.range(0, HOSTS).mapToObj("db-%d.example.com"::formatted).toList();
    try (FakeIdp idp = new FakeIdp(TestKey.rsa("bench"));
        BenchDaemon daemon = BenchDaemon.start(folder, "fleet.yaml", idp.issuer());
        SimulatedFleet fleet = new SimulatedFleet(daemon.port(), "http://" + daemon.authority())) {
      System.out.printf(
          Locale.ROOT,
          "fleet: ulimit -n: %d descriptors for the daemon, as many for the simulated servers%n",
          HOSTS + 100);
      long start = System.nanoTime();
      List<String> tokens = names.stream().map(name -> token(daemon, name)).toList();
      System.out.printf(Locale.ROOT, "fleet: %d tokens in %.1f s%n", HOSTS, seconds(start));
      start = System.nanoTime();
      fleet.join(names, tokens, PATIENCE);
      System.out.printf(
          Locale.ROOT, "fleet: %d servers joined and wait after %.1f s%n", HOSTS, seconds(start));
      System.out.printf(
          Locale.ROOT,
          "fleet: memory: %,d KiB resident, at most %,d%n",
          daemon.resident(),
          daemon.residentPeak());
      rest(daemon, fleet);
      for (int i = 0; i < ROUNDS; i++) {
        revoke(daemon, fleet, names.get(i));
      }
      relabel(daemon, fleet, names.getLast());
      System.out.printf(
          Locale.ROOT,
          "fleet: memory: %,d KiB resident, at most %,d%n",
          daemon.resident(),
          daemon.residentPeak());
    }
  }

  private static void rest(BenchDaemon daemon, SimulatedFleet fleet) throws Exception {
    Duration cpu = daemon.cpu();
    long start = System.nanoTime();
    int waits = waits(fleet);
    fleet.run(AT_REST);
    System.out.printf(
        Locale.ROOT,
        "fleet: at rest for %.0f s: %d waits ended, daemon's CPU %.1f %% of one processor%n",
        seconds(start),
        waits(fleet) - waits,
        daemon.cpu().minus(cpu).toMillis() / (seconds(start) * 10));
  }

  private static void revoke(BenchDaemon daemon, SimulatedFleet fleet, String name)
      throws Exception {
    Duration cpu = daemon.cpu();
    long start = System.nanoTime();
    String answer = daemon.operator("revoke", "host", name, "the benchmark says so");
    assertThat(answer).startsWith("done 1 0 ");
    // A list is newer than an entry if its version is higher: the ledger's size when it was made.
    long entry = Long.parseLong(answer.substring(answer.lastIndexOf(' ') + 1));
    fleet.run(() -> fleet.all(host -> host.list() > entry), PATIENCE);
    double[] seconds =
        fleet.hosts().stream().mapToDouble(host -> (host.fetchedAt() - start) / 1e9).toArray();
    Arrays.sort(seconds);
    System.out.printf(
        Locale.ROOT,
        "fleet: a revocation: first server %.2f s, half %.2f s, all %.2f s; daemon's CPU %d ms%n",
        seconds[0],
        seconds[seconds.length / 2],
        seconds[seconds.length - 1],
        daemon.cpu().minus(cpu).toMillis());
    assertThat(seconds[seconds.length - 1]).isLessThan((double) PROMISED.toSeconds());
    fleet.run(() -> fleet.all(host -> host.step() == SimulatedHost.Step.WAIT), PATIENCE);
  }

  /** A change of one server is no matter of the others. */
  private static void relabel(BenchDaemon daemon, SimulatedFleet fleet, String name)
      throws Exception {
    SimulatedHost host = fleet.hosts().getLast();
    long map = host.map();
    int waits = waits(fleet);
    long start = System.nanoTime();
    assertThat(daemon.operator("relabel-host", name, "the benchmark", "tier=web"))
        .startsWith("done ");
    fleet.run(() -> host.map() > map, PATIENCE);
    System.out.printf(
        Locale.ROOT,
        "fleet: a relabelled server has its map after %.0f ms, with %d waits of others ended%n",
        seconds(start) * 1e3,
        waits(fleet) - waits - 1);
  }

  private static String token(BenchDaemon daemon, String name) {
    String answer = daemon.operator("host-token", name, "1h", "env=prod", "tier=db");
    return answer.lines().skip(1).findFirst().orElseThrow(() -> new AssertionError(answer));
  }

  private static int waits(SimulatedFleet fleet) {
    return fleet.hosts().stream().mapToInt(SimulatedHost::waits).sum();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
