package dev.daypass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaFiles;
import dev.daypass.config.policy.PolicyFile;
import dev.daypass.export.FolderFiles;
import dev.daypass.issuance.GrantPolicyReview;
import dev.daypass.issuance.GrantRebuild;
import dev.daypass.ledger.verify.LedgerReport;
import dev.daypass.ledger.verify.LedgerSource;
import dev.daypass.ledger.verify.LedgerVerifier;
import dev.daypass.ledger.verify.Progress;
import dev.daypass.ledger.verify.PublishedSource;
import dev.daypass.ledger.verify.StoreSource;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerReader;
import dev.daypass.tlog.TreeSize;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long it takes to check a long ledger again; writes it down, and asserts no speed. */
final class LedgerBenchmark {
  private static final long ENTRIES = Long.getLong("daypass.bench.entries", 1_000_000);
  private static final int ROUNDS = Integer.getInteger("daypass.bench.rounds", 3);
  private static final double NANOS = 1e9;

  private static final Path REPORT = Path.of("target/bench/verify.md");
  private static final List<String> LINES =
      new ArrayList<>(List.of("| what | seconds | of processor |", "| --- | ---: | ---: |"));

  @TempDir private static Path published;
  private static LongLedger ledger;

  @BeforeAll
  static void generate() throws Exception {
    ledger = LongLedger.of(ENTRIES);
    ledger.publish(published);
  }

  @AfterAll
  static void write() throws IOException {
    Files.createDirectories(REPORT.resolveSibling(""));
    Files.writeString(REPORT, String.join("\n", LINES) + "\n");
    ledger.close();
  }

  @Test
  void verifyFromPublishedFiles() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      report("published files", verify(PublishedSource.open(new FolderFiles(published))));
    }
  }

  @Test
  void verifyFromTheStore() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (SqliteDatabase database = SqliteDatabase.openForReading(ledger.ca().files().store())) {
        report("the store", verify(new StoreSource(new SqliteLedgerReader(database))));
      }
    }
  }

  private static Timed verify(LedgerSource source) throws Exception {
    CaFiles files = ledger.ca().files();
    GrantRebuild rebuild = GrantRebuild.learning();
    LedgerVerifier verifier =
        new LedgerVerifier(
            source,
            CaFiles.ORIGIN,
            files.ledgerKeys(),
            rebuild,
            new GrantPolicyReview(PolicyFile::ofText),
            Progress.NONE);
    long cpu = cpuNanos();
    long start = System.nanoTime();
    LedgerReport report = verifier.verify(List.of(ledger.newest().note()));
    return new Timed(System.nanoTime() - start, cpuNanos() - cpu, report);
  }

  private static void report(String from, Timed timed) {
    assertThat(timed.report().faults()).isEmpty();
    assertThat(timed.report().size()).isEqualTo(new TreeSize(ENTRIES));
    String line =
        String.format(
            Locale.ROOT,
            "| verify %d entries from %s | %.2f | %.2f |",
            ENTRIES,
            from,
            timed.nanos() / NANOS,
            timed.cpuNanos() / NANOS);
    LINES.add(line);
    System.out.println(line);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private record Timed(long nanos, long cpuNanos, LedgerReport report) {}
}
