package dev.daypass.ledger.privacy;

import dev.daypass.identity.IdentityId;
import dev.daypass.identity.Username;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.Erasure;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.privacy.ErasureOutcome.Fault;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.EntryNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases details on request: of one entry, or everything about a person (DESIGN section 6,
 * "Details"). What is alive is ended or revoked first: its details are what that goes by.
 */
public final class Erasures {
  private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
  private static final int MAX_REASON = 1000;

  private final Ledger ledger;
  private final EntryBrowser browser;
  private final PersonalRecords records;
  private final InstantSource clock;

  public Erasures(
      Ledger ledger, EntryBrowser browser, PersonalRecords records, InstantSource clock) {
    this.ledger = ledger;
    this.browser = browser;
    this.records = records;
    this.clock = clock;
  }

  /**
   * Erases the details of one entry.
   *
   * @param by who wants it, as the ledger shall tell it
   */
  public ErasureOutcome entry(EntryNumber number, String by, String reason) {
    try {
      Optional<ReadEntry> entry = browser.entry(number);
      if (entry.isEmpty() || (entry.get().details().isEmpty() && isErasable(entry.get()))) {
        return refused(
            Fault.UNKNOWN,
            "Entry " + number + (entry.isEmpty() ? " does not exist." : " has no details."),
            "A certificate's serial is its entry's number.");
      }
      if (!isErasable(entry.get())) {
        return refused(
            Fault.KEPT,
            "Details of " + entry.get().entry().kind().wireName() + " are kept.",
            "The ledger could not be checked, or not be followed, without them.");
      }
      if (isLive(entry.get())) {
        return live("certificate of entry " + number);
      }
      Optional<ErasureOutcome> unfit = unfit(reason);
      if (unfit.isPresent()) {
        return unfit.get();
      }
      List<EntryNumber> entries = erase(List.of(number), told(by, reason, "entry"));
      return new ErasureOutcome.Done(entries, 1, List.of(), ledger.hasRemains());
    } catch (StoreFailed | LedgerUnavailable e) {
      return unavailable(e);
    }
  }

  /** Erases every detail about the person that can be, and forgets names, accounts and keys. */
  public ErasureOutcome person(Username username, String by, String reason) {
    try {
      Optional<IdentityId> id = records.owner(username);
      Mentions mentions = new Mentions(username, id);
      Optional<ErasureOutcome> unfit =
          mentions.named(reason)
              ? Optional.of(
                  refused(
                      Fault.REASON,
                      "The reason names the person.",
                      "It stands in the ledger for ever: leave the name out."))
              : unfit(reason);
      if (unfit.isPresent()) {
        return unfit.get();
      }
      if (id.isPresent() && records.hasLogin(id.get())) {
        return live("login of this person");
      }
      return person(username, id, mentions, told(by, reason, "person"));
    } catch (StoreFailed | LedgerUnavailable e) {
      return unavailable(e);
    }
  }

  private ErasureOutcome person(
      Username username, Optional<IdentityId> id, Mentions mentions, JsonObject told)
      throws StoreFailed, LedgerUnavailable {
    List<EntryNumber> wanted = new ArrayList<>();
    List<EntryNumber> kept = new ArrayList<>();
    List<EntryNumber> live = new ArrayList<>();
    browser.visit(
        EntryFilter.ALL,
        ledger.size(),
        entry -> {
          if (mentions.isAbout(entry)) {
            (isErasable(entry) ? wanted : kept).add(entry.number());
            if (isLive(entry)) {
              live.add(entry.number());
            }
          }
        });
    if (!live.isEmpty()) {
      return live("certificate of entry " + live.getFirst());
    }
    if (wanted.isEmpty() && kept.isEmpty() && id.isEmpty()) {
      return refused(
          Fault.UNKNOWN, "Nothing here names this person.", "Name a username, as details have it.");
    }
    List<EntryNumber> entries = erase(wanted, told);
    if (id.isPresent()) {
      records.forget(id.get(), username);
    }
    return new ErasureOutcome.Done(entries, wanted.size(), kept, !ledger.clearRemains());
  }

  private List<EntryNumber> erase(List<EntryNumber> wanted, JsonObject told)
      throws LedgerUnavailable {
    List<EntryNumber> entries = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += Erasure.MOST) {
      Erasure some =
          new Erasure(wanted.subList(from, Math.min(wanted.size(), from + Erasure.MOST)));
      Draft draft = Draft.of(EntryKind.DETAILS_ERASED, told, SearchKeys.NONE);
      entries.add(ledger.erase(some, draft).number());
    }
    return entries;
  }

  private static JsonObject told(String by, String reason, String scope) {
    return JsonObject.builder().put("by", by).put("reason", reason).put("scope", scope).build();
  }

  private static boolean isErasable(ReadEntry entry) {
    return entry.entry().kind().isErasable();
  }

  /** A certificate whose end cannot be read is taken for one that is over: it is in no list. */
  private boolean isLive(ReadEntry entry) {
    return entry.entry().kind().commitsToCertificate()
        && entry
            .details()
            .flatMap(details -> details.text("valid_before"))
            .flatMap(Erasures::instant)
            .filter(clock.instant()::isBefore)
            .isPresent();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<ErasureOutcome> unfit(String reason) {
    return reason.isBlank() || reason.length() > MAX_REASON
        ? Optional.of(
            refused(
                Fault.REASON,
                "An erasure needs a reason of at most " + MAX_REASON + " characters.",
                "Say why; it stands in the ledger for ever, so name no person in it."))
        : Optional.empty();
  }

  private static ErasureOutcome live(String what) {
    return refused(
        Fault.LIVE,
        "The " + what + " is still alive.",
        "Wait for its end, or end it: daypassd logins end, daypassd revoke.");
  }

  private static ErasureOutcome unavailable(Exception cause) {
    LOG.warn("an erasure waits for the ledger: {}", cause.getMessage());
    return refused(
        Fault.UNAVAILABLE,
        "The ledger takes no entry now.",
        "Try again; see /readyz for the cause.");
  }

  private static ErasureOutcome refused(Fault fault, String detail, String remedy) {
    return new ErasureOutcome.Refused(fault, detail, remedy);
  }
}
