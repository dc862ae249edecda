package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger's page and an entry's as an auditor's browser gets them. */
final class ConsoleLedgerTest {
  private static final String HOSTILE = "<script>alert(1)</script>\u202egnp.exe\u0007";

  private RunningServer server;
  private ConsoleBrowser browser;

  @BeforeEach
  void start() throws IOException {
    server = RunningServer.start();
    server.backend.auditor = true;
    server.backend.reader.entries =
        List.of(grant(9, "INC-42"), grant(8, HOSTILE), erased(7), grant(6, "=1+1"));
    browser = new ConsoleBrowser(server);
    var _ = browser.signIn("/console/");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void eachEntryIsALineSaidForAPerson() throws IOException {
    Document page = browser.page("/console/");
    assertThat(page.select("tbody tr")).hasSize(4);
    assertThat(page.expectFirst("tbody tr").text())
        .isEqualTo("9 01:13:00 just now alice got prod for 30 min on db-1.example.com INC-42");
    assertThat(page.expectFirst("tbody tr").select("a").eachAttr("href"))
        .containsExactly(
            "/console/entries/9",
            "/console/person?name=alice",
            "/console/roles/prod",
            "/console/servers/db-1.example.com");
    assertThat(page.select(".day h2").eachText())
        .containsExactly("Saturday, 21 November 2026", "Friday, 20 November 2026");
    assertThat(page.text()).contains("Certificate granted (its details were erased)");
  }

  @Test
  void whatAStrangerWroteIsShownAndDoesNothing() throws IOException {
    for (String target : List.of("/console/", "/console/entries/8")) {
      Answer answer = browser.get(target);
      assertThat(answer.body()).doesNotContain("<script>", "\u202e", "\u0007");
      assertThat(ConsoleBrowser.read(answer).text())
          .contains("<script>alert(1)</script>\\u{202e}gnp.exe\\u{7}");
    }
  }

  @Test
  void whatEndsSoonStandsAboveTheLedger() throws IOException {
    assertThat(browser.page("/console/").select("section.alert")).isEmpty();
    server.backend.console.warnings =
        List.of("trust bundle 1 is valid until tomorrow", "db-1 & co", "c", "d", "e");
    assertThat(browser.page("/console/").select("section.alert p").eachText())
        .containsExactly(
            "trust bundle 1 is valid until tomorrow",
            "db-1 & co",
            "c",
            "and 2 more, which the log names");
  }

  @Test
  void theFiltersStandInTheAddressAndInTheForm() throws IOException {
    String query =
        "person=alice&role=prod&server=db-1&from=2026-11-20T00%3A00&to=2026-11-22T00%3A00"
            + "&reason=INC&text=x&kind=certificate.granted";
    server.backend.reader.next = Optional.of(new EntryNumber(6));
    assertThat(browser.page("/console/").select("#f-from, #f-to").eachAttr("type"))
        .containsOnly("datetime-local");
    Document page = browser.page("/console/?" + query);
    EntryFilter asked = server.backend.reader.asked.getLast();
    assertThat(asked.person()).contains("alice");
    assertThat(asked.role()).contains("prod");
    assertThat(asked.server()).contains("db-1");
    assertThat(asked.kind()).contains(EntryKind.CERTIFICATE_GRANTED);
    assertThat(asked.from()).contains(Instant.parse("2026-11-20T00:00:00Z"));
    assertThat(asked.until()).contains(Instant.parse("2026-11-22T00:00:00Z"));
    assertThat(page.expectFirst("#f-person").attr("value")).isEqualTo("alice");
    assertThat(page.expectFirst("#f-from").attr("value")).isEqualTo("2026-11-20T00:00");
    assertThat(page.expectFirst("#f-kind option[selected]").attr("value"))
        .isEqualTo("certificate.granted");
    assertThat(page.expectFirst("a[rel=next]").attr("href"))
        .isEqualTo("/console/?" + query + "&before=6");
    assertThat(page.select("form[action=/console/export] input").eachAttr("name"))
        .contains("person", "role", "server", "from", "to", "reason", "text", "kind", "csrf");
  }

  @Test
  void whatAFormLeavesEmptyIsNotInTheAddress() throws IOException {
    Answer answer = browser.get("/console/?person=a%26b&role=&server=&kind=");
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).isEqualTo("/console/?person=a%26b");
  }

  @Test
  void aFilterThatIsNotUnderstoodIsSaid() throws IOException {
    for (String query : List.of("key=abc", "kind=nothing", "from=yesterday", "to=31.12.2026")) {
      assertThat(browser.page("/console/?" + query).select("[role=alert]")).as(query).hasSize(1);
      assertThat(server.backend.reader.asked.getLast()).isEqualTo(EntryFilter.ALL);
    }
    assertThat(browser.get("/console/?before=x").status()).isEqualTo(400);
    assertThat(browser.get("/console/?order=asc").status()).isEqualTo(400);
  }

  @Test
  void theEndIsFollowedWithoutAScript() throws IOException {
    Document page = browser.page("/console/?person=alice");
    String follow = page.expectFirst("a:contains(Follow)").attr("href");
    assertThat(follow).isEqualTo("/console/?person=alice&follow=1");
    Answer followed = browser.get(follow);
    assertThat(followed.header("refresh")).isEqualTo("5; url=/console/?person=alice&follow=1");
    assertThat(ConsoleBrowser.read(followed).expectFirst("a:contains(Stop)").attr("href"))
        .isEqualTo("/console/?person=alice");
    assertThat(browser.get(follow + "&before=9").header("refresh")).isEmpty();
  }

  @Test
  void anEmptyLedgerSaysWhatWouldFillIt() throws IOException {
    server.backend.reader.entries = List.of();
    assertThat(browser.page("/console/").expectFirst(".nothing").text()).startsWith("Nothing yet.");
    assertThat(browser.page("/console/?person=x").expectFirst(".nothing").text())
        .startsWith("No entry matches.");
    server.backend.reader.next = Optional.of(new EntryNumber(6));
    assertThat(browser.page("/console/?text=x").expectFirst(".nothing").text())
        .contains("Older ones may match.");
  }

  @Test
  void whatIsTakenAwayIsAFileAndAnEntry() throws IOException {
    String csrf = browser.page("/console/").expectFirst("input[name=csrf]").attr("value");
    Answer csv =
        browser.post("/console/export", Map.of("csrf", csrf, "format", "csv", "person", "alice"));
    assertThat(csv.status()).isEqualTo(200);
    assertThat(csv.header("content-disposition"))
        .isEqualTo("attachment; filename=\"daypass-ledger-2026-11-21.csv\"");
    assertThat(csv.header("cache-control")).isEqualTo("no-store");
    assertThat(csv.body()).contains("'=1+1").doesNotContain(",=1+1");
    assertThat(browser.post("/console/export", Map.of("csrf", csrf, "format", "ndjson")).body())
        .contains("\"checkpoint\"");
    assertThat(server.backend.reader.exports).containsExactly("alice csv", "alice ndjson");
    assertThat(server.backend.reader.asked.get(1).person()).contains("alice");
    assertThat(browser.post("/console/export", Map.of("csrf", csrf, "format", "exe")).status())
        .isEqualTo(400);
    assertThat(
            browser
                .post("/console/export", Map.of("csrf", csrf, "format", "csv", "key", "x"))
                .status())
        .as("a filter that is not understood takes nothing away")
        .isEqualTo(400);
  }

  @Test
  void nothingIsTakenAwayWithoutTheFormsToken() throws IOException {
    assertThat(browser.post("/console/export", Map.of("csrf", "x", "format", "csv")).status())
        .isEqualTo(403);
    assertThat(browser.get("/console/export").status()).isEqualTo(405);
    assertThat(server.backend.reader.exports).isEmpty();
  }

  @Test
  void anEntryTellsItsStory() throws IOException {
    Document page = browser.page("/console/entries/9");
    assertThat(page.expectFirst("h1").text()).isEqualTo("Entry 9");
    assertThat(page.select("h2").eachText())
        .contains("What was asked", "What was decided", "Checked just now", "The public entry");
    assertThat(page.text()).contains("roles.prod.allow[0]", "INC-42", "alice");
    assertThat(page.select("li.passed").eachText())
        .anyMatch(step -> step.contains("their hash stands in the entry"));
    assertThat(page.select("li.failed").eachText())
        .as("no proof of a fake ledger is taken for one")
        .anyMatch(step -> step.contains("No checkpoint is signed"));
    assertThat(browser.page("/console/entries/7").text()).contains("Its details were erased");
    for (String missing : List.of("99", "x", "-1", "01")) {
      assertThat(browser.get("/console/entries/" + missing).status()).isEqualTo(404);
    }
  }

  @Test
  void aLedgerThatCannotBeReadIsSaid() throws IOException {
    server.backend.reader.unreadable = true;
    assertThat(browser.get("/console/").status()).isEqualTo(503);
    assertThat(browser.get("/console/entries/9").status()).isEqualTo(503);
  }

  private static ReadEntry grant(long number, String reason) {
    JsonObject details =
        JsonObject.builder()
            .put("hosts", JsonArray.ofTexts(List.of("db-1.example.com")))
            .put("identity", JsonObject.builder().put("username", "alice").build())
            .put("reason", reason)
            .put("role", "prod")
            .put("rule", "roles.prod.allow[0]")
            .put("valid_after", "2026-11-21T01:13:00Z")
            .put("valid_before", "2026-11-21T01:43:00Z")
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
            RunningServer.NOW.minus(Duration.ofHours(number == 9 ? 0 : 20 - number)),
            EntryKind.CERTIFICATE_GRANTED,
            Optional.of(Bytes.ofUtf8("certificate").sha256()),
            encoded.orElse(Bytes.ofUtf8("gone")).sha256(),
            Optional.empty());
    EntryNumber at = new EntryNumber(number);
    return new ReadEntry(at, entry, details, new StoredEntry(at, entry.encode(), encoded));
  }
}
