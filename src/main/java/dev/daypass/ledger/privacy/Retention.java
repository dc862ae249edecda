package dev.daypass.ledger.privacy;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.Erasure;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases details that are older than configuration keeps them, by kind: the ledger itself is never
 * shortened. {@link #advance} is called again and again by one thread and takes one small batch at
 * a time, so that whoever wants a certificate hardly notices.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration NEXT_LOOK = Duration.ofMinutes(10);

  private final Ledger ledger;
  private final LedgerStore store;
  private final EntryBrowser browser;
  private final Map<EntryKind, Duration> ages;
  private final InstantSource clock;

  /** Below which number nothing of a kind is left; the advancing thread's. */
  private final Map<EntryKind, Long> done = new EnumMap<>(EntryKind.class);

  private Instant next = Instant.MIN;

  /**
   * @param ages for how long details of a kind are kept; what is not named is kept for ever
   */
  public Retention(
      Ledger ledger,
      LedgerStore store,
      EntryBrowser browser,
      Map<EntryKind, Duration> ages,
      InstantSource clock) {
    this.ledger = ledger;
    this.store = store;
    this.browser = browser;
    this.ages = Map.copyOf(ages);
    this.clock = clock;
  }

  /** One batch of one kind, if any is due. */
  public void advance() {
    Instant now = clock.instant();
    if (ages.isEmpty() || now.isBefore(next)) {
      return;
    }
    try {
      for (Map.Entry<EntryKind, Duration> age : ages.entrySet()) {
        if (eraseSome(age.getKey(), age.getValue(), now)) {
          return;
        }
      }
      next = now.plus(NEXT_LOOK);
    } catch (StoreFailed | LedgerUnavailable | RuntimeException e) {
      LOG.warn("details that are due are erased later: {}", e.getMessage());
    }
  }

  private boolean eraseSome(EntryKind kind, Duration age, Instant now)
      throws StoreFailed, LedgerUnavailable {
    long before = browser.firstSince(now.minus(age)).value();
    List<EntryNumber> due =
        store.withDetails(kind, done.getOrDefault(kind, 0L), before, Erasure.MOST);
    if (due.isEmpty()) {
      done.merge(kind, before, Math::max);
      return false;
    }
    JsonObject told =
        JsonObject.builder()
            .put("by", "retention")
            .put("scope", "age")
            .put("kind", kind.wireName())
            .put("older_than_seconds", age.toSeconds())
            .build();
    var _ =
        ledger.erase(new Erasure(due), Draft.of(EntryKind.DETAILS_ERASED, told, SearchKeys.NONE));
    done.put(kind, due.getLast().value() + 1);
    return true;
  }
}
