package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.Operator.Outcome;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.EntryNumber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * DESIGN, section 6, "Details": a daemon whose configuration says {@code retention} erases what is
 * older, by kind, out of every file.
 */
@Timeout(120)
final class RetentionIT {
  private static final Duration OLD = Duration.ofDays(31);
  private static final Duration YOUNGER = Duration.ofDays(29);
  private static final int DUE = 150;
  private static final String ISSUER = "https://idp.example.com";

  private final TestCa ca = TestCa.start();

  /** Keeps the write-ahead log from being cut off while it reads, as a backup does. */
  private Optional<Connection> reader = Optional.empty();

  @BeforeEach
  void growOld() throws Exception {
    CaFiles files = ca.files();
    ca.stopDaemon();
    List<Draft> opening;
    try (StoppedLedger ledger = StoppedLedger.open(files)) {
      opening = ledger.drafts(new EntryNumber(2));
    }
    StoppedLedger.forget(files);
    try (StoppedLedger ledger = StoppedLedger.open(files)) {
      Instant now = Instant.now();
      Draft due = of(EntryKind.REQUESTS_REFUSED, "mallory");
      ledger.append(opening, now.minus(OLD));
      reader = Optional.of(reading(files.store()));
      ledger.append(Collections.nCopies(DUE, due), now.minus(OLD));
      ledger.append(List.of(of(EntryKind.EXPORT_MADE, "walter")), now.minus(OLD));
      ledger.append(List.of(of(EntryKind.REQUESTS_REFUSED, "peggy")), now.minus(YOUNGER));
    }
  }

  private static Connection reading(Path store) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.executeQuery("SELECT count(*) FROM entries").next()).isTrue();
    }
    return connection;
  }

  @AfterEach
  void stop() throws SQLException {
    letGo();
    ca.close();
  }

  private void letGo() throws SQLException {
    if (reader.isPresent()) {
      reader.get().close();
      reader = Optional.empty();
    }
  }

  @Test
  void whatIsOlderIsInNoFileAndWhatIsYoungerOrOfAnotherKindStays() throws Exception {
    Path log = ca.files().store().resolveSibling(ca.files().store().getFileName() + "-wal");
    assertThat(words(List.of(log))).as("the log before").contains("mallory", "walter", "peggy");
    ca.startDaemon();
    assertThat(ask("nina@example.com").status()).isEqualTo(403);
    assertThat(words(files())).as("kept without a word").contains("mallory");

    ca.restartAs(text -> text + "retention: { requests.refused: 30d }\n");
    Waiting.until("all that is due is erased", () -> erased() == DUE);
    assertThat(words(List.of(log))).as("somebody still reads").contains("mallory");
    letGo();
    Waiting.until("and in no file", () -> !words(files()).contains("mallory"));
    assertThat(words(files())).containsExactly("nina", "peggy", "walter");

    List<JsonObject> told = ca.details(EntryKind.DETAILS_ERASED);
    assertThat(told)
        .isNotEmpty()
        .allSatisfy(details ->
            assertThat(details.text("by").orElse("") + " " + details.text("kind").orElse(""))
                .isEqualTo("retention requests.refused"));
    Outcome verified = new Operator(ca.files().configFile()).run("ledger", "verify");
    assertThat(verified.exit()).as(verified.toString()).isZero();
    assertThat(verified.out()).contains(DUE + " erased");

    ca.restart();
    assertThat(ask("olga@example.com").status()).isEqualTo(403);
    assertThat(ca.details(EntryKind.DETAILS_ERASED)).as("nothing twice").hasSameSizeAs(told);
  }

  private static Draft of(EntryKind kind, String who) {
    JsonObject identity =
        JsonObject.builder().put("issuer", ISSUER).put("subject", who).put("username", who).build();
    JsonObject details =
        JsonObject.builder()
            .put("identity", identity)
            .put("hosts", JsonArray.ofTexts(List.of("server-of-" + who)))
            .build();
    SearchKeys keys =
        new SearchKeys(
            Optional.of(ISSUER + "\n" + who),
            Optional.of("role-of-" + who),
            Optional.empty(),
            Optional.of(Bytes.ofUtf8("idempotency of " + who)));
    return Draft.of(kind, details, keys);
  }

  private long erased() throws Exception {
    Ledger ledger = ca.daemon().ledger();
    long gone = 0;
    for (long number = 0; number < DUE + 5; number++) {
      gone += ledger.details(new EntryNumber(number)).isEmpty() ? 1 : 0;
    }
    return gone;
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> all = Files.walk(ca.files().state())) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Who is named in these files, in the order of the alphabet. */
  private static List<String> words(List<Path> files) throws Exception {
    StringBuilder all = new StringBuilder();
    for (Path file : files) {
      all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    return Stream.of("mallory", "nina", "peggy", "walter")
        .filter(word -> all.indexOf(word) >= 0)
        .toList();
  }

  private CaAnswer ask(String person) throws Exception {
    return ca.client()
        .certificate(OpenSshPrivateKey.generate(SshKeyType.ED25519), ca.idp().token(person, "web"))
        .member("reason", "because of " + person)
        .send();
  }
}
