package dev.daypass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.Waiting;
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
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long an auditor waits before a long ledger; writes it down, and asserts no speed. */
final class AuditBenchmark {
  private static final long ENTRIES = Long.getLong("daypass.bench.entries", 1_000_000);
  private static final int ROUNDS = 9;
  private static final Path REPORT = Path.of("target/bench/audit.md");
  private static final Path ERRORS = Path.of("target/bench/audit.err");
  private static final String HEAP = "-Xmx48m";

  /** Of a daemon that serves an export, and of a command that writes an evidence pack. */
  private static final String LARGER_HEAP = "-Xmx128m";

  private static final Duration AGE = Duration.ofDays(30);

  private static LongLedger ledger;
  private static final List<String> LINES = new ArrayList<>();

  @BeforeAll
  static void generate() throws Exception {
    Files.createDirectories(REPORT.resolveSibling(""));
    Files.deleteIfExists(ERRORS);
    ledger = LongLedger.ofAge(ENTRIES, AGE);
    LINES.add("# Reading a ledger of " + ENTRIES + " entries\n");
    LINES.add("| what | found | median, ms | worst, ms |\n| --- | ---: | ---: | ---: |");
  }

  @AfterAll
  static void write() throws Exception {
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
    for (List<String> format : List.of(List.<String>of(), List.of("--csv"))) {
      List<String> words = new ArrayList<>(List.of("ledger", "export", "--unrecorded"));
      words.addAll(format);
      long start = System.nanoTime();
      done(daypassd(HEAP, words));
      String what = "export as " + (format.isEmpty() ? "NDJSON" : "CSV");
      line(what + " by the command, heap " + HEAP.substring(4), ENTRIES, millis(start));
    }
  }

  /** What auditors fetch from a running daemon, and its memory before and at most. */
  @Test
  void exportsOverHttpAndPacksEvidence(@TempDir Path folder) throws Exception {
    Process daemon = daypassd(LARGER_HEAP, List.of("serve"));
    try {
      Waiting.until("the daemon is ready", () -> isReady(daemon));
      long before = resident(daemon, "VmRSS:");
      for (String format : List.of("application/x-ndjson", "text/csv")) {
        long start = System.nanoTime();
        long lines = fetched(format);
        assertThat(lines).isGreaterThanOrEqualTo(ENTRIES);
        line("export over HTTP as " + format, lines, millis(start));
      }
      LINES.add(
          "| resident, MiB: before, and at most, heap %s | | %d | %d |"
              .formatted(LARGER_HEAP.substring(4), before, resident(daemon, "VmHWM:")));
      long start = System.nanoTime();
      Instant now = Instant.now();
      done(
          daypassd(
              LARGER_HEAP,
              List.of(
                  "ledger",
                  "report",
                  "--from",
                  now.minus(AGE.plusDays(1)).truncatedTo(ChronoUnit.SECONDS).toString(),
                  "--to",
                  now.plus(AGE).truncatedTo(ChronoUnit.SECONDS).toString(),
                  "--out",
                  folder.resolve("pack").toString())));
      line("evidence pack, heap " + LARGER_HEAP.substring(4), ENTRIES, millis(start));
    } finally {
      daemon.destroy();
      assertThat(daemon.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static boolean isReady(Process daemon) throws Exception {
    assertThat(daemon.isAlive()).as("the daemon lives").isTrue();
    try {
      return ledger.ca().client().readiness().status() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private static long fetched(String format) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ledger.ca().client().origin() + "/v1/entries"))
            .header("Accept", format)
            .header(
                "Authorization", "Bearer " + ledger.ca().idp().token("eve@example.com", "audit"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Stream<String>> answer =
          client.send(request, HttpResponse.BodyHandlers.ofLines());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body().count();
    }
  }

  /** In MiB. */
  private static long resident(Process process, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static Process daypassd(String heap, List<String> words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.daypass.Main"));
    command.addAll(words);
    command.addAll(List.of("--config", ledger.ca().files().configFile().toString()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.appendTo(ERRORS.toFile()))
        .start();
  }

  private static void done(Process process) throws Exception {
    assertThat(process.waitFor()).as(Files.readString(ERRORS)).isZero();
  }

  private static void line(String what, long found, double millis) {
    LINES.add(String.format(Locale.ROOT, "| %s | %d | %.0f | |", what, found, millis));
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
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
