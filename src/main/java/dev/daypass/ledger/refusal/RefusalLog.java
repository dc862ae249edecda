package dev.daypass.ledger.refusal;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
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
 * Writes refusals of known identities into the ledger, the first 20 an hour of each, then one
 * summary, and none while space is scarce (DESIGN section 6): a refused client in a loop must not
 * fill the ledger.
 */
public final class RefusalLog {
  private static final int ENTRIES_AN_HOUR = 20;
  private static final Duration WINDOW = Duration.ofHours(1);

  /** Identities tracked at once; the one refused longest ago is summed up and forgotten. */
  private static final int MAX_IDENTITIES = 10_000;

  private final Ledger ledger;
  private final InstantSource clock;
  private final BooleanSupplier spaceIsScarce;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@link #lock}; the oldest window first. */
  private final Map<IdentityId, Window> windows = new LinkedHashMap<>();

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
   * @param identity as details tell it
   */
  private record Window(IdentityId id, JsonObject identity, Instant from, int refused) {
    int unlogged() {
      return Math.max(0, refused - ENTRIES_AN_HOUR);
    }
  }

  /** Writes the refusal down if the budget allows; empty if not, or if the ledger is away. */
  public Optional<EntryNumber> record(Identity identity, Asker asker, List<Reason> reasons) {
    return record(identity.id(), IdentityDetails.of(identity), asker, reasons);
  }

  /** The same of somebody who is not admitted. */
  public Optional<EntryNumber> record(IdentityId id, Asker asker, List<Reason> reasons) {
    return record(id, IdentityDetails.of(id), asker, reasons);
  }

  private Optional<EntryNumber> record(
      IdentityId id, JsonObject identity, Asker asker, List<Reason> reasons) {
    List<Window> ended = new ArrayList<>();
    boolean withinBudget = count(id, identity, ended);
    ended.forEach(this::summarise);
    return withinBudget
        ? append(id, RefusalDetails.refused(identity, asker, reasons))
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

  private boolean count(IdentityId id, JsonObject identity, List<Window> ended) {
    Instant now = clock.instant();
    lock.lock();
    try {
      takeEnded(now, ended);
      Window window = windows.getOrDefault(id, new Window(id, identity, now, 0));
      windows.put(id, new Window(id, identity, window.from(), window.refused() + 1));
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
      if (!over && windows.size() <= MAX_IDENTITIES) {
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
              window.id(),
              RefusalDetails.refusedSummary(
                  window.identity(), window.from(), clock.instant(), window.unlogged()));
    }
  }

  private Optional<EntryNumber> append(IdentityId id, JsonObject details) {
    if (spaceIsScarce.getAsBoolean()) {
      return Optional.empty();
    }
    Draft draft = Draft.of(EntryKind.REQUESTS_REFUSED, details, IdentityDetails.searchKeys(id));
    try {
      return Optional.of(ledger.append(draft).number());
    } catch (LedgerUnavailable _) {
      // The refusal stands without its entry: an absent ledger must not turn "no" into an error.
      return Optional.empty();
    }
  }
}
