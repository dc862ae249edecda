package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.daypass.custody.KeyFile;
import dev.daypass.custody.TwoSlotHeadFile;
import dev.daypass.faults.Figures;
import dev.daypass.faults.Goal;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.clock.LinuxClock;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.signer.KeyUse;
import dev.daypass.signer.LocalSigner;
import dev.daypass.signer.SignerKeys;
import dev.daypass.signer.SignerLimits;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerStore;
import dev.daypass.volume.Loss;
import dev.daypass.volume.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole life of a daemon is recorded once: its first start, parallel clients, its end in order.
 * Then the machine loses power at chosen moments of it: what was not synced by then is lost, in
 * whole, in part, or with one write torn (RELIABILITY, R2). The files of each crash must account
 * for all that was handed out before, and a start on them must go on from there.
 */
final class PowerLossIT {
  private static final boolean LONG = Boolean.getBoolean("daypass.long");
  private static final int CRASHES = LONG ? 200 : 20;
  private static final int TORN = LONG ? 50 : 6;
  private static final int CERTIFICATES = LONG ? 1200 : 120;
  private static final int CLIENTS = 4;
  private static final int CERTIFICATES_PER_CHECKPOINT = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int TAIL_BYTES = 1000;
  private static final List<String> SUFFIXES = List.of("", "-wal", "-journal", "-shm");

  private final long seed = Long.getLong("daypass.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir private Path folder;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void losesNothingThatItHandedOut() throws Exception {
    try (TestIdp idp = new TestIdp()) {
      CaFiles files =
          CaFiles.make(
              folder, folder.resolve("head").resolve("head"), TestCa.with().settings(idp.issuer()));
      SortedMap<Path, byte[]> before = contents(files);
      Observed observed = new Observed();
      RecordedRun run = record(files, observed, idp);
      assertThat(run.handedOut(Integer.MAX_VALUE).certificates())
          .containsExactlyInAnyOrderElementsOf(observed.certificates());
      // The model saw every write, or its files would not be those that the daemon left.
      assertThat(run.replay(before).toTheEnd().seen()).containsExactlyEntriesOf(contents(files));

      int unsynced = 0;
      RecordedRun.Replay replay = run.replay(before);
      for (Map.Entry<Integer, Kind> crash : crashes(run).entrySet()) {
        Volume volume = replay.upTo(crash.getKey());
        SortedMap<Path, byte[]> left = volume.afterCrash(loss(crash.getValue(), volume));
        unsynced += sameContents(left, volume.seen()) ? 0 : 1;
        try {
          restore(files, left);
          check(files, run.handedOut(crash.getKey()));
        } catch (Exception | AssertionError e) {
          fail(
              "-Ddaypass.seed=%s, line %s of the trace, %s"
                  .formatted(seed, crash.getKey(), crash.getValue()),
              e);
        }
      }
      Figures.record(
          Goal.R2,
          PowerLossIT.class,
          "%d crashes and %d with a torn write, %d of which lost unsynced bytes, no certificate;"
              + " trace of %d certificates and %d steps; -Ddaypass.seed=%d",
          CRASHES,
          TORN,
          unsynced,
          observed.certificates().size(),
          run.lines().size(),
          seed);
      assertThat(unsynced).isGreaterThanOrEqualTo(TORN);
    }
  }

  /** What a crash takes, and when it comes. */
  private enum Kind {
    /** Whatever was not synced, just as an answer begins. */
    ALL_AT_AN_ANSWER,
    /** Whatever was not synced, at any moment. */
    ALL,
    /** Some of it, at any moment. */
    SOME,
    /** Some of it, and a write is torn that has just been made. */
    TORN
  }

  private SortedMap<Integer, Kind> crashes(RecordedRun run) {
    SortedMap<Integer, Kind> crashes = new TreeMap<>();
    while (crashes.size() < TORN) {
      crashes.put(any(run.wideWrites()), Kind.TORN);
    }
    while (crashes.size() < TORN + CRASHES) {
      Kind kind = Kind.values()[crashes.size() % 3];
      boolean atAnAnswer = kind == Kind.ALL_AT_AN_ANSWER;
      crashes.putIfAbsent(any(atAnAnswer ? run.answerLines() : run.lines()), kind);
    }
    return crashes;
  }

  private int any(List<Integer> lines) {
    return lines.get(random.nextInt(lines.size()));
  }

  private Loss loss(Kind kind, Volume volume) {
    return switch (kind) {
      case ALL_AT_AN_ANSWER, ALL -> Loss.everything();
      case SOME -> Loss.some(random);
      case TORN -> {
        assertThat(volume.canTear()).isTrue();
        yield Loss.torn(random);
      }
    };
  }

  private static void check(CaFiles files, Observed handedOut) throws Exception {
    LedgerInvariants invariants = new LedgerInvariants(files);
    invariants.checkDead(handedOut, false);
    goOn(files, handedOut);
    invariants.checkDead(handedOut, true);
  }

  /** A start as the daemon's: it writes one more entry, under a number that nobody was given. */
  private static void goOn(CaFiles files, Observed handedOut) throws Exception {
    SignerKeys signing =
        new SignerKeys(
            KeyFile.read(files.keyFile(KeyUse.USER_CA), Optional.empty()),
            KeyFile.read(files.keyFile(KeyUse.HOST_CA), Optional.empty()),
            KeyFile.read(files.keyFile(KeyUse.LEDGER), Optional.empty()));
    Duration lifetime = files.config().limits().certificateLifetime();
    try (TwoSlotHeadFile head = TwoSlotHeadFile.open(files.config().ledger().head());
        SqliteDatabase database = SqliteDatabase.open(files.store());
        Ledger ledger =
            Ledger.open(
                SqliteLedgerStore.open(database),
                LocalSigner.open(signing, SignerLimits.ofLifetimes(lifetime, lifetime), head),
                CaFiles.ORIGIN,
                LinuxClock.open(),
                new SecureRandom(),
                (why, cause) -> System.err.println(why + " " + cause))) {
      assertThat(ledger.readiness().stopped()).as("a clean start").isEmpty();
      if (ledger.size().isEmpty()) {
        return; // nothing else can be the first entry than what a whole daemon writes
      }
      Receipt receipt =
          ledger.append(
              Draft.of(
                  EntryKind.DAEMON_STARTED,
                  JsonObject.builder().put("version", "test").build(),
                  SearchKeys.NONE));
      assertThat(handedOut.certificates())
          .allMatch(
              certificate -> certificate.content().serial().bits() < receipt.number().value());
      handedOut.seen(receipt.checkpoint().note());
    }
  }

  private RecordedRun record(CaFiles files, Observed observed, TestIdp idp) throws Exception {
    Path trace = folder.resolve("trace");
    Pattern ended;
    try (DaemonProcess daemon = DaemonProcess.start(files, strace(trace));
        CaClient client = new CaClient(files, observed)) {
      var _ = daemon.awaitReady(PATIENCE);
      try (CrashClients clients = CrashClients.start(CLIENTS, client, idp)) {
        for (int i = 0; i < CERTIFICATES; i += CERTIFICATES_PER_CHECKPOINT) {
          await(clients, i);
          client.checkpoint();
        }
        await(clients, CERTIFICATES);
      }
      daemon.stop();
      ended = Pattern.compile("(?m)^" + daemon.pid() + " +\\+{3} exited with");
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!ended.matcher(end(trace)).find()) {
      assertThat(System.nanoTime()).as("end of the trace: %s", end(trace)).isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
    return RecordedRun.of(SyscallTrace.read(trace), files.store(), files.config().ledger().head());
  }

  private static void await(CrashClients clients, int certificates) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (clients.released() < certificates) {
      assertThat(System.nanoTime()).as("%s", clients.unexpected()).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** The tracer outlives the daemon by a moment. */
  private static String end(Path trace) throws IOException {
    try (InputStream file = Files.newInputStream(trace)) {
      file.skipNBytes(Math.max(0, Files.size(trace) - TAIL_BYTES));
      return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** All data is written down: a page of SQLite has 4 KiB. */
  private static List<String> strace(Path trace) {
    return List.of(
        "strace",
        "-D",
        "-f",
        "-y",
        "-x",
        "--seccomp-bpf",
        "-s",
        "100000",
        "-e",
        "trace=" + RecordedRun.calls(),
        "-o",
        trace.toString());
  }

  private static SortedMap<Path, byte[]> contents(CaFiles files) throws IOException {
    SortedMap<Path, byte[]> contents = new TreeMap<>();
    for (Path file : crashable(files)) {
      if (Files.exists(file) && !file.toString().endsWith("-shm")) {
        contents.put(file, Files.readAllBytes(file));
      }
    }
    return contents;
  }

  private static void restore(CaFiles files, SortedMap<Path, byte[]> left) throws IOException {
    for (Path file : crashable(files)) {
      if (left.containsKey(file)) {
        Files.write(file, left.get(file)); // the mode of the head stays
      } else {
        Files.deleteIfExists(file);
      }
    }
  }

  private static List<Path> crashable(CaFiles files) {
    List<Path> crashable = new ArrayList<>(List.of(files.config().ledger().head()));
    SUFFIXES.forEach(suffix -> crashable.add(Path.of(files.store() + suffix)));
    return crashable;
  }

  private static boolean sameContents(SortedMap<Path, byte[]> one, SortedMap<Path, byte[]> other) {
    return one.keySet().equals(other.keySet())
        && one.keySet().stream().allMatch(name -> Arrays.equals(one.get(name), other.get(name)));
  }
}
