package dev.daypass.web.console.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.EntryPage;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.audit.LedgerReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TallyTest {
  private static final Instant NOW = Instant.parse("2026-11-21T14:30:00Z");

  private final Entries entries = new Entries();
  private final Tally tally = new Tally(entries, () -> NOW);

  @Test
  void countsWhatIsThereAndThenWhatComes() {
    for (int i = 0; i < 700; i++) {
      entries.grant(NOW.minus(Duration.ofHours(i)), i % 3 == 0 ? "web" : "db", 5 + i);
    }
    Picture week = complete(7);
    assertThat(week.days()).hasSize(7);
    assertThat(week.grants()).isEqualTo(6 * 24 + 15);
    assertThat(week.byRole().sequencedKeySet()).containsExactly("db", "web");
    assertThat(week.byHour()).hasSize(24).endsWith(6L);
    assertThat(week.days().getLast().grants()).isEqualTo(15);

    entries.grant(NOW, "web", 1);
    entries.add(EntryKind.REQUESTS_REFUSED, NOW, JsonObject.EMPTY);
    entries.add(EntryKind.REQUESTS_REFUSED, NOW, JsonObject.builder().put("count", 30).build());
    entries.add(EntryKind.SESSION_ALARM, NOW, JsonObject.EMPTY);
    Picture later = complete(7);
    assertThat(later.grants()).isEqualTo(week.grants() + 1);
    assertThat(later.refusals()).as("a summary counts for all of its refusals").isEqualTo(31);
    assertThat(later.alarms()).isEqualTo(1);
    assertThat(complete(90).grants()).as("further back").isEqualTo(701);
    assertThat(complete(7).grants()).as("and nothing twice").isEqualTo(later.grants());
  }

  @Test
  void theLongestAreTheLongest() {
    for (int i = 1; i <= 50; i++) {
      entries.grant(NOW.minus(Duration.ofDays(i % 5)), "db", i);
    }
    assertThat(complete(7).longest())
        .hasSize(DayCount.LONGEST)
        .extracting(each -> each.time().toMinutes())
        .startsWith(50L, 49L, 48L)
        .endsWith(41L);
  }

  @Test
  void whatWasErasedIsStillAGrant() {
    entries.add(EntryKind.CERTIFICATE_GRANTED, NOW, Optional.empty());
    assertThat(complete(7).byRole()).containsOnlyKeys(Tally.ERASED);
  }

  @Test
  void anEmptyLedgerIsComplete() {
    Picture nothing = complete(30);
    assertThat(nothing.grants()).isZero();
    assertThat(nothing.days()).hasSize(30);
    entries.grant(NOW, "db", 5);
    assertThat(complete(30).grants()).isEqualTo(1);
  }

  private Picture complete(int days) {
    Picture picture = tally.of(days);
    while (!picture.complete()) {
      picture = tally.of(days);
    }
    return picture;
  }

  /** A ledger of what a test adds; kinds alone are asked for. */
  private static final class Entries implements LedgerReader {
    private final List<ReadEntry> all = new CopyOnWriteArrayList<>();

    void grant(Instant at, String role, int minutes) {
      JsonObject details =
          JsonObject.builder()
              .put("role", role)
              .put("valid_after", at.toString())
              .put("valid_before", at.plus(Duration.ofMinutes(minutes)).toString())
              .build();
      // Times never fall: the older goes below the rest.
      add(EntryKind.CERTIFICATE_GRANTED, at, details);
    }

    void add(EntryKind kind, Instant at, JsonObject details) {
      add(kind, at, Optional.of(details));
    }

    void add(EntryKind kind, Instant at, Optional<JsonObject> details) {
      Optional<Bytes> encoded = details.map(CanonicalJson::encode);
      Optional<Bytes> commit =
          kind.commitsToCertificate() ? Optional.of(Bytes.EMPTY.sha256()) : Optional.empty();
      Entry entry = new Entry(at, kind, commit, Bytes.EMPTY.sha256(), Optional.empty());
      long highest = all.stream().mapToLong(each -> each.number().value()).max().orElse(5000);
      long lowest = all.stream().mapToLong(each -> each.number().value()).min().orElse(5001);
      boolean newest = all.stream().noneMatch(each -> each.entry().at().isAfter(at));
      EntryNumber number = new EntryNumber(newest ? highest + 1 : lowest - 1);
      all.add(
          new ReadEntry(number, entry, details, new StoredEntry(number, entry.encode(), encoded)));
    }

    @Override
    public EntryPage page(EntryFilter filter, Optional<EntryNumber> before, int limit) {
      List<ReadEntry> matching =
          all.stream()
              .filter(each -> filter.kind().filter(each.entry().kind()::equals).isPresent())
              .filter(each -> before.isEmpty() || each.number().compareTo(before.get()) < 0)
              .sorted((a, b) -> b.number().compareTo(a.number()))
              .toList();
      List<ReadEntry> page = matching.stream().limit(limit).toList();
      return new EntryPage(
          page, matching.size() > limit ? Optional.of(page.getLast().number()) : Optional.empty());
    }

    @Override
    public Optional<ReadEntry> entry(EntryNumber number) throws IOException {
      throw new IOException("not asked");
    }

    @Override
    public List<ReadEntry> about(EntryNumber number, int limit) {
      return List.of();
    }

    @Override
    public Optional<String> proof(EntryNumber number) {
      return Optional.empty();
    }

    @Override
    public Optional<Export> export(EntryFilter filter, Identity who, String how) {
      return Optional.empty();
    }
  }
}
