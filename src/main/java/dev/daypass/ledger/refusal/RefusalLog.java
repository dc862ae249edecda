package dev.daypass.ledger.refusal;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.policy.host.HostName;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Writes refusals of known identities and joined servers into the ledger, the first 20 an hour of
 * each, then one summary, and none while space is scarce (DESIGN section 6): a refused client in a
 * loop must not fill the ledger.
 */
public final class RefusalLog {
  private static final int ENTRIES_AN_HOUR = 20;
  private static final Duration WINDOW = Duration.ofHours(1);

  /** Tracked at once; the one refused longest ago is summed up and forgotten. */
  private static final int MAX_REFUSED = 10_000;

  private final Ledger ledger;
  private final InstantSource clock;
  private final BooleanSupplier spaceIsScarce;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@link #lock}; the oldest window first. */
  private final Map<Refused, Window> windows = new LinkedHashMap<>();

  /**
   * A log of refusals.
   *
   * @param spaceIsScarce true from 80 % of the ledger's space on
   */
  public RefusalLog(Ledger ledger, InstantSource clock, BooleanSupplier spaceIsScarce) {
    this.ledger = ledger;
    this.clock = clock;
    this.spaceIsScarce = spaceIsScarce;
  }

  /**
   * @param details of whoever is refused, as they are now
   */
  private record Window(Refused who, JsonObject details, Instant from, int refused) {
    int unlogged() {
      return Math.max(0, refused - ENTRIES_AN_HOUR);
    }
  }

  /** Writes the refusal down if the budget allows; empty if not, or if the ledger is away. */
  public Optional<EntryNumber> record(Identity identity, Asker asker, List<Reason> reasons) {
    return record(
        Refused.identity(identity.id()),
        RefusalDetails.of(IdentityDetails.of(identity)),
        asker,
        Optional.empty(),
        reasons);
  }

  /** The same, of a request that had been read. */
  public Optional<EntryNumber> record(
      Identity identity, Asker asker, Asked asked, List<Reason> reasons) {
    return record(
        Refused.identity(identity.id()),
        RefusalDetails.of(IdentityDetails.of(identity)),
        asker,
        Optional.of(asked),
        reasons);
  }

  /** The same of somebody who is not admitted. */
  public Optional<EntryNumber> record(IdentityId id, Asker asker, List<Reason> reasons) {
    return record(
        Refused.identity(id),
        RefusalDetails.of(IdentityDetails.of(id)),
        asker,
        Optional.empty(),
        reasons);
  }

  /** The same of a server that has joined. */
  public Optional<EntryNumber> record(HostName host, Asker asker, List<Reason> reasons) {
    return record(Refused.host(host), RefusalDetails.of(host), asker, Optional.empty(), reasons);
  }

  private Optional<EntryNumber> record(
      Refused who, JsonObject details, Asker asker, Optional<Asked> asked, List<Reason> reasons) {
    List<Window> ended = new ArrayList<>();
    boolean withinBudget = count(who, details, ended);
    ended.forEach(this::summarise);
    return withinBudget
        ? append(
            who.searchKeys(asked.flatMap(Asked::searchKey)),
            RefusalDetails.refused(details, asker, asked, reasons))
        : Optional.empty();
  }

  /** Sums up every window that has ended. The root calls it now and then, and before it stops. */
  public void sumUp(boolean all) {
    List<Window> ended = new ArrayList<>();
    lock.lock();
    try {
      takeEnded(all ? Instant.MAX : clock.instant(), ended);
    } finally {
      lock.unlock();
    }
    ended.forEach(this::summarise);
  }

  private boolean count(Refused who, JsonObject details, List<Window> ended) {
    Instant now = clock.instant();
    lock.lock();
    try {
      takeEnded(now, ended);
      Window window = windows.getOrDefault(who, new Window(who, details, now, 0));
      windows.put(who, new Window(who, details, window.from(), window.refused() + 1));
      return window.refused() < ENTRIES_AN_HOUR;
    } finally {
      lock.unlock();
    }
  }

  /** Caller holds {@link #lock}. */
  private void takeEnded(Instant now, List<Window> ended) {
    var oldest = windows.values().iterator();
    while (oldest.hasNext()) {
      Window window = oldest.next();
      boolean over = !window.from().plus(WINDOW).isAfter(now);
      if (!over && windows.size() <= MAX_REFUSED) {
        return;
      }
      ended.add(window);
      oldest.remove();
    }
  }

  private void summarise(Window window) {
    if (window.unlogged() > 0) {
      var _ =
          append(
              window.who().searchKeys(Optional.empty()),
              RefusalDetails.refusedSummary(
                  window.details(), window.from(), clock.instant(), window.unlogged()));
    }
  }

  private Optional<EntryNumber> append(SearchKeys keys, JsonObject details) {
    if (spaceIsScarce.getAsBoolean()) {
      return Optional.empty();
    }
    Draft draft = Draft.of(EntryKind.REQUESTS_REFUSED, details, keys);
    try {
      return Optional.of(ledger.append(draft).number());
    } catch (LedgerUnavailable _) {
      // The refusal stands without its entry: an absent ledger must not turn "no" into an error.
      return Optional.empty();
    }
  }
}
