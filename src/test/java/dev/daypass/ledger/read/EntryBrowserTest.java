package dev.daypass.ledger.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EntryBrowserTest {
  private static final Fingerprint KEY = new Fingerprint(Bytes.ofUtf8("key").sha256());

  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private TestLedger test;
  private EntryBrowser browser;

  @BeforeEach
  void fill() throws Exception {
    test = TestLedger.over(store);
    for (int i = 1; i <= 40; i++) {
      test.clock().pass(Duration.ofSeconds(60));
      test.append(refusal(i));
    }
    browser = new EntryBrowser(store, test.ledger()::size);
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void pagesGoBackToTheBeginningWithoutAGapOrARepeat() throws Exception {
    assertThat(all(EntryFilter.ALL, 7))
        .containsExactlyElementsOf(LongStream.rangeClosed(0, 40).map(n -> 40 - n).boxed().toList());
  }

  @Test
  void eachQuestionFindsItsEntries() throws Exception {
    assertThat(all(filter("person", "alice"), 3)).hasSize(20).allMatch(n -> n % 2 == 0);
    assertThat(all(filter("role", "role-3"), 3))
        .containsExactly(39L, 35L, 31L, 27L, 23L, 19L, 15L, 11L, 7L, 3L);
    assertThat(all(filter("server", "db-7"), 50)).containsExactly(37L, 27L, 17L, 7L);
    assertThat(all(filter("reason", "INC-12"), 50)).containsExactly(12L);
    assertThat(all(filter("text", "\"WORD\":\"w31\""), 50)).containsExactly(31L);
    assertThat(all(filter("key", ""), 50)).containsExactly(40L, 30L, 20L, 10L);
    assertThat(all(filter("kind", "ledger.created"), 50)).containsExactly(0L);
    assertThat(all(filter("person", "nobody"), 50)).isEmpty();
  }

  @Test
  void timesAreNumbers() throws Exception {
    Instant from = browser.entry(new EntryNumber(10)).orElseThrow().entry().at();
    Instant until = browser.entry(new EntryNumber(14)).orElseThrow().entry().at();
    assertThat(all(between(from, until), 3)).containsExactly(13L, 12L, 11L, 10L);
    assertThat(all(between(Instant.EPOCH, from), 50)).hasSize(10);
    assertThat(all(between(until, until), 50)).isEmpty();
    assertThat(all(between(Instant.parse("2100-01-01T00:00:00Z"), Instant.MAX), 50)).isEmpty();
  }

  @Test
  void aWalkMeetsTheSameFromTheOtherEnd() throws Exception {
    for (EntryFilter filter :
        List.of(
            EntryFilter.ALL,
            filter("person", "alice"),
            filter("role", "role-3"),
            filter("key", ""),
            filter("kind", "requests.refused"),
            filter("text", "w3"))) {
      List<Long> walked = new ArrayList<>();
      browser.visit(filter, test.ledger().size(), entry -> walked.add(entry.number().value()));
      assertThat(walked.reversed()).isEqualTo(all(filter, 5));
    }
  }

  @Test
  void nothingIsReadBeyondTheSignedTree() throws Exception {
    EntryBrowser behind = new EntryBrowser(store, () -> new TreeSize(10));
    assertThat(behind.entry(new EntryNumber(9))).isPresent();
    assertThat(behind.entry(new EntryNumber(10))).isEmpty();
    assertThat(behind.page(EntryFilter.ALL, Optional.empty(), 100).entries()).hasSize(10);
  }

  @Test
  void whatWasErasedIsThereAndMatchesNoWord() throws Exception {
    Draft erasure = Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE);
    test.ledger().erase(new EntryNumber(12), erasure);
    assertThat(browser.entry(new EntryNumber(12)).orElseThrow().details()).isEmpty();
    assertThat(all(filter("reason", "INC-12"), 50)).isEmpty();
    assertThat(all(EntryFilter.ALL, 50)).contains(12L);
  }

  @Test
  void looksThroughAsManyAsOnePageMayAndGoesOnThere() throws Exception {
    for (int i = 0; i < 20; i++) {
      test.appendTogether(Collections.nCopies(1000, TestLedger.started()));
    }
    EntryPage nothing = browser.page(filter("text", "inc-12 only"), Optional.empty(), 50);
    assertThat(nothing.entries()).isEmpty();
    assertThat(nothing.next()).contains(new EntryNumber(41));
    assertThat(all(filter("text", "inc-12 only"), 50)).containsExactly(12L);
    assertThat(all(filter("reason", "INC-3"), 1)).startsWith(39L, 38L).endsWith(30L, 3L);
  }

  @Test
  void findsWhatBecameOfACertificate() throws Exception {
    for (String member : List.of("serial", "entry", "other")) {
      JsonObject details = JsonObject.builder().put(member, "17").build();
      test.append(Draft.of(EntryKind.SESSION_OPENED, details, SearchKeys.NONE));
    }
    JsonObject revoked =
        JsonObject.builder().put("serials", JsonArray.ofTexts(List.of("16", "17"))).build();
    test.append(Draft.of(EntryKind.REVOCATION_ADDED, revoked, SearchKeys.NONE));
    assertThat(browser.about(new EntryNumber(17), 50))
        .extracting(entry -> entry.number().value())
        .containsExactly(44L, 42L, 41L);
    assertThat(browser.about(new EntryNumber(17), 1)).hasSize(1);
    assertThat(browser.about(new EntryNumber(18), 50)).isEmpty();
  }

  private List<Long> all(EntryFilter filter, int limit) throws Exception {
    List<Long> numbers = new ArrayList<>();
    Optional<EntryNumber> before = Optional.empty();
    do {
      EntryPage page = browser.page(filter, before, limit);
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
      page.entries().forEach(entry -> numbers.add(entry.number().value()));
      before = page.next();
    } while (before.isPresent());
    return numbers;
  }

  private static EntryFilter between(Instant from, Instant until) {
    return make(Optional.empty(), "", "", Optional.of(from), Optional.of(until));
  }

  private static EntryFilter filter(String name, String value) {
    return make(
        Optional.of(value).filter(_ -> name.equals("kind")).flatMap(EntryKind::ofWireName),
        name,
        value,
        Optional.empty(),
        Optional.empty());
  }

  private static EntryFilter make(
      Optional<EntryKind> kind,
      String name,
      String value,
      Optional<Instant> from,
      Optional<Instant> until) {
    Optional<String> text = Optional.of(value);
    return new EntryFilter(
        kind,
        text.filter(_ -> name.equals("person")),
        Optional.empty(),
        text.filter(_ -> name.equals("role")),
        text.filter(_ -> name.equals("server")),
        Optional.of(KEY).filter(_ -> name.equals("key")),
        text.filter(_ -> name.equals("reason")),
        from,
        until,
        text.filter(_ -> name.equals("text")));
  }

  private static Draft refusal(int i) {
    JsonObject.Builder details =
        JsonObject.builder()
            .put(
                "identity",
                JsonObject.builder().put("username", i % 2 == 0 ? "alice" : "bob").build())
            .put("role", "role-" + i % 4)
            .put("reason", "because of inc-" + i + " only")
            .put("hosts", JsonArray.ofTexts(List.of("db-" + i % 10)))
            .put("word", "w" + i);
    if (i % 10 == 0) {
      details.put("key", KEY.toString());
    }
    SearchKeys search =
        new SearchKeys(
            Optional.empty(),
            Optional.of("role-" + i % 4),
            Optional.of(KEY).filter(_ -> i % 10 == 0),
            Optional.empty());
    return Draft.of(EntryKind.REQUESTS_REFUSED, details.build(), search);
  }
}
