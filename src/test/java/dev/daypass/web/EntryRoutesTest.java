package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.privacy.ErasureOutcome;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.RawHttp.Answer;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer is checked against openapi.yaml on the way. */
@Timeout(120)
final class EntryRoutesTest {
  private static final String BEARER = "Authorization: Bearer " + FakeBackend.TOKEN;
  private static final Instant AT = Instant.parse("2026-11-21T01:13:00Z");

  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    server = RunningServer.start();
    server.backend.auditor = true;
    server.backend.reader.entries =
        List.of(entry(7, "INC-7"), entry(9, "=cmd|' /C calc'!A0, \"now\""), erased(11));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void auditorsAloneReadEntries() throws IOException {
    server.backend.auditor = false;
    for (String target : List.of("/v1/entries", "/v1/entries/7")) {
      assertThat(server.get(target).status()).isEqualTo(401);
      Answer refused = server.get(target, BEARER);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("auditor_required");
    }
    assertThat(server.get("/v1/entries", BEARER, "Accept: text/csv").status()).isEqualTo(403);
    assertThat(server.backend.reader.exports).isEmpty();
  }

  @Test
  void aPageTellsWhatAuditorsLookForFirst() throws IOException {
    server.backend.reader.next = Optional.of(new EntryNumber(7));
    Answer answer = server.get("/v1/entries", BEARER);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"entry\":\"7\"", "\"person\":\"alice\"", "\"role\":\"prod\"", "\"INC-7\"")
        .contains("\"servers\":[\"db-1\"]", "\"erased\":true", "\"next\":\"7\"");
    assertThat(server.backend.reader.limit).isEqualTo(50);
    assertThat(server.backend.reader.asked).containsExactly(EntryFilter.ALL);
  }

  @Test
  void everyQuestionIsPassedOn() throws IOException {
    Answer answer =
        server.get(
            "/v1/entries?kind=certificate.granted&person=alice&role=prod&server=db-1"
                + "&key=SHA256:47DEQpj8HBSa%2B/TImW%2B5JCeuQeRkm5NMpJWZG3hSuFU&reason=INC"
                + "&from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z&text=Shell&before=99&limit=9",
            BEARER);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    EntryFilter asked = server.backend.reader.asked.getFirst();
    assertThat(asked.kind()).contains(EntryKind.CERTIFICATE_GRANTED);
    assertThat(asked.person()).contains("alice");
    assertThat(asked.role()).contains("prod");
    assertThat(asked.server()).contains("db-1");
    assertThat(asked.key()).isPresent();
    assertThat(asked.reason()).contains("inc");
    assertThat(asked.from()).contains(Instant.parse("2026-11-21T00:00:00Z"));
    assertThat(asked.until()).contains(Instant.parse("2026-11-22T00:00:00Z"));
    assertThat(asked.text()).contains("shell");
    assertThat(server.backend.reader.before).contains(new EntryNumber(99));
    assertThat(server.backend.reader.limit).isEqualTo(9);
  }

  @Test
  void operatorsAloneErase() throws IOException {
    String json = "Content-Type: application/json";
    String body = "{\"reason\":\"asked to\"}";
    Answer refused = server.post("/v1/entries/9/erase", body, BEARER, json);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("operator_required");
    server.backend.operator = true;
    List<String> asked = new ArrayList<>();
    server.backend.erasing =
        (number, who, why) -> {
          asked.add(number + " " + who.username().text() + " " + why);
          return new ErasureOutcome.Done(List.of(new EntryNumber(12)), 1, List.of(), true);
        };
    Answer erased = server.post("/v1/entries/9/erase", body, BEARER, json);
    assertThat(erased.status()).isEqualTo(201);
    assertThat(erased.body())
        .contains("\"entry\":\"12\"", "\"erased\":\"9\"", "\"remains_in_log\":true", "sshd");
    assertThat(asked).containsExactly("9 alice asked to");
    assertThat(server.post("/v1/entries/x/erase", body, BEARER, json).status()).isEqualTo(400);
    assertThat(server.post("/v1/entries/9/erase", "{}", BEARER, json).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN,404,nothing_to_erase",
    "KEPT,409,details_kept",
    "LIVE,409,still_alive",
    "REASON,400,reason_missing",
    "UNAVAILABLE,503,unavailable"
  })
  void saysWhyNothingWasErased(ErasureOutcome.Fault fault, int status, String code)
      throws IOException {
    server.backend.operator = true;
    server.backend.erasing = (_, _, _) -> new ErasureOutcome.Refused(fault, "No.", "Wait.");
    Answer answer =
        server.post(
            "/v1/entries/9/erase", "{\"reason\":\"r\"}", BEARER, "Content-Type: application/json");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind=certificate.stolen",
        "key=alice",
        "from=yesterday",
        "to=2026-11-21",
        "before=-1",
        "before=x",
        "limit=many",
        "person=a&person=b",
        "order=asc"
      })
  void refusesWhatItDoesNotUnderstand(String query) throws IOException {
    assertThat(server.get("/v1/entries?" + query, BEARER).status()).isEqualTo(400);
  }

  @Test
  void oneEntryComesWithDetailsAndProof() throws IOException {
    Answer answer = server.get("/v1/entries/7", BEARER);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"identity\":{\"username\":\"alice\"}", "\"proof\":\"c2sp.org/tlog-proof@v1\\n")
        .contains("\"erased\":false", "\"leaf_hash\":");
    assertThat(server.get("/v1/entries/11", BEARER).body()).contains("\"erased\":true");
    assertThat(server.get("/v1/entries/8", BEARER).code()).isEqualTo("entry_unknown");
    assertThat(server.get("/v1/entries/07", BEARER).status()).isEqualTo(400);
  }

  @Test
  void linesAreWhatWasHashed() throws IOException {
    Answer answer = server.get("/v1/entries", BEARER, "Accept: application/x-ndjson");
    assertThat(answer.status()).isEqualTo(200);
    List<String> lines = answer.body().lines().filter(line -> line.startsWith("{")).toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst()).startsWith("{\"details\":{\"hosts\":[\"db-1\"]");
    assertThat(lines.get(2)).startsWith("{\"entry\":{").endsWith("\"number\":\"11\"}");
    assertThat(lines.getLast()).isEqualTo("{\"checkpoint\":\"note\\n\"}");
    assertThat(server.backend.reader.exports).containsExactly("alice ndjson");
  }

  @Test
  void aTableNeverStartsAFormula() throws IOException {
    Answer answer = server.get("/v1/entries", BEARER, "Accept: text/csv");
    assertThat(answer.body())
        .contains("entry,at,kind,person,role,reason,servers,")
        .contains("7,2026-11-21T01:13:00Z,requests.refused,alice,prod,INC-7,db-1,")
        .contains(",\"'=cmd|' /C calc'!A0, \"\"now\"\"\",")
        .contains("11,2026-11-21T01:13:00Z,requests.refused,,,,,,,,,,,erased");
    assertThat(server.backend.reader.exports).containsExactly("alice csv");
  }

  @Test
  void anExportThatBreaksDoesNotLookWhole() throws IOException {
    server.backend.reader.entries = Collections.nCopies(1000, entry(7, "INC-7"));
    server.backend.reader.breaksAfter = 900;
    String request =
        RunningServer.request("GET", "/v1/entries", "", BEARER, "Accept: application/x-ndjson");
    assertThatExceptionOfType(EOFException.class)
        .as("it ends within a chunk")
        .isThrownBy(() -> server.raw().send(request));
  }

  @Test
  void whatCannotBeReadIsTriedAgain() throws IOException {
    server.backend.reader.unreadable = true;
    for (String accept : List.of("application/json", "text/csv", "application/x-ndjson")) {
      assertThat(server.get("/v1/entries", BEARER, "Accept: " + accept).status()).isEqualTo(503);
    }
    assertThat(server.get("/v1/entries/7", BEARER).status()).isEqualTo(503);
  }

  @Test
  void nothingIsBegunByAskingForAHead() throws IOException {
    assertThat(
            server
                .raw()
                .send(RunningServer.request("HEAD", "/v1/entries", "", BEARER, "Accept: text/csv"))
                .status())
        .isEqualTo(405);
    assertThat(server.backend.reader.exports).isEmpty();
  }

  private static ReadEntry entry(long number, String reason) {
    JsonObject details =
        JsonObject.builder()
            .put("hosts", JsonArray.ofTexts(List.of("db-1")))
            .put("identity", JsonObject.builder().put("username", "alice").build())
            .put("reason", reason)
            .put("role", "prod")
            .build();
    return read(number, Optional.of(details));
  }

  private static ReadEntry erased(long number) {
    return read(number, Optional.empty());
  }

  private static ReadEntry read(long number, Optional<JsonObject> details) {
    Optional<Bytes> encoded = details.map(CanonicalJson::encode);
    Entry entry =
        new Entry(
            AT,
            EntryKind.REQUESTS_REFUSED,
            Optional.empty(),
            encoded.orElse(Bytes.ofUtf8("gone")).sha256(),
            Optional.empty());
    EntryNumber at = new EntryNumber(number);
    return new ReadEntry(at, entry, details, new StoredEntry(at, entry.encode(), encoded));
  }
}
