package dev.daypass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerReader;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How long an auditor waits before a long ledger; writes it down, and asserts no speed. */
final class AuditBenchmark {
  private static final long ENTRIES = Long.getLong("daypass.bench.entries", 1_000_000);
  private static final int ROUNDS = 9;
  private static final Path REPORT = Path.of("target/bench/audit.md");
  private static final String HEAP = "-Xmx48m";

  private static LongLedger ledger;
  private static final List<String> LINES = new ArrayList<>();

  @BeforeAll
  static void generate() throws Exception {
    ledger = LongLedger.of(ENTRIES);
    LINES.add("# Reading a ledger of " + ENTRIES + " entries\n");
    LINES.add("| what | found | median, ms | worst, ms |\n| --- | ---: | ---: | ---: |");
  }

  @AfterAll
  static void write() throws Exception {
    Files.createDirectories(REPORT.resolveSibling(""));
    Files.writeString(REPORT, String.join("\n", LINES) + "\n");
    System.out.println(String.join("\n", LINES));
    ledger.close();
  }

  @Test
  void onePageOfEachQuestion() throws Exception {
    try (SqliteDatabase database = SqliteDatabase.openForReading(ledger.ca().files().store())) {
      SqliteLedgerReader store = new SqliteLedgerReader(database);
      EntryBrowser browser = new EntryBrowser(store, () -> new TreeSize(ENTRIES));
      Fingerprint key =
          SshPublicKey.parse(
                  browser
                      .entry(new EntryNumber(ENTRIES - 1))
                      .orElseThrow()
                      .details()
                      .orElseThrow()
                      .text("key")
                      .orElseThrow())
              .fingerprint();
      measure("everything", browser, EntryFilter.ALL);
      measure("a kind that is everywhere", browser, kind(EntryKind.CERTIFICATE_GRANTED));
      measure("a kind that is at the beginning", browser, kind(EntryKind.LEDGER_CREATED));
      measure("a role", browser, with("role", "prod-db-debug", Optional.empty()));
      measure("a role that is nowhere", browser, with("role", "nobody", Optional.empty()));
      measure("a person", browser, with("person", "person-7@example.com", identity("person-7")));
      measure("a person who is nowhere", browser, with("person", "x@y", identity("nobody")));
      measure("a key that is everywhere", browser, key(key));
      measure("a server that is nowhere", browser, with("server", "db-9", Optional.empty()));
      measure("a reason (20,000 looked at)", browser, with("reason", "INC-4", Optional.empty()));
      measure("a text (20,000 looked at)", browser, with("text", "so not", Optional.empty()));
      measure(
          "a person and a text",
          browser,
          with("text+person", "person-7@example.com", identity("person-7")));
      time("what became of a certificate", () -> browser.about(new EntryNumber(17), 50).size());
    }
  }

  /** In a process of its own, whose heap is too small for anything but one page at a time. */
  @Test
  void exportsInLittleMemory() throws Exception {
    Path errors = Files.createTempFile("export", ".err");
    for (String format : List.of("", "--csv")) {
      List<String> words =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin/java").toString(),
                  HEAP,
                  "-XX:+UseSerialGC",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  "dev.daypass.Main",
                  "ledger",
                  "export",
                  "--unrecorded",
                  "--config",
                  ledger.ca().files().configFile().toString()));
      words.addAll(format.isEmpty() ? List.of() : List.of(format));
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(errors.toFile())
              .start();
      assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
      LINES.add(
          String.format(
              Locale.ROOT,
              "| export %s, heap %s | %d | %.0f | |",
              format.isEmpty() ? "as NDJSON" : "as CSV",
              HEAP.substring(4),
              ENTRIES,
              (System.nanoTime() - start) / 1e6));
    }
    Files.delete(errors);
  }

  private static void measure(String what, EntryBrowser browser, EntryFilter filter)
      throws Exception {
    time(what, () -> browser.page(filter, Optional.empty(), 50).entries().size());
  }

  @FunctionalInterface
  private interface Question {
    int ask() throws Exception;
  }

  private static void time(String what, Question question) throws Exception {
    double[] millis = new double[ROUNDS];
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      found = question.ask();
      millis[round] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    LINES.add(
        String.format(
            Locale.ROOT,
            "| %s | %d | %.1f | %.1f |",
            what,
            found,
            millis[ROUNDS / 2],
            millis[ROUNDS - 1]));
  }

  private static Optional<String> identity(String name) {
    return Optional.of(
        IdentityDetails.searchKey(new IdentityId(ledger.issuer(), name + "@example.com")));
  }

  private static EntryFilter kind(EntryKind kind) {
    return filter(Optional.of(kind), "", "", Optional.empty(), Optional.empty());
  }

  private static EntryFilter key(Fingerprint key) {
    return filter(Optional.empty(), "", "", Optional.empty(), Optional.of(key));
  }

  private static EntryFilter with(String name, String value, Optional<String> identity) {
    return filter(Optional.empty(), name, value, identity, Optional.empty());
  }

  private static EntryFilter filter(
      Optional<EntryKind> kind,
      String name,
      String value,
      Optional<String> identity,
      Optional<Fingerprint> key) {
    Optional<String> text = Optional.of(value);
    return new EntryFilter(
        kind,
        text.filter(_ -> name.endsWith("person")),
        identity,
        text.filter(_ -> name.equals("role")),
        text.filter(_ -> name.equals("server")),
        key,
        text.filter(_ -> name.equals("reason")),
        Optional.empty(),
        Optional.empty(),
        Optional.of("so not").filter(_ -> name.startsWith("text")));
  }
}
