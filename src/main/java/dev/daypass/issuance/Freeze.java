package dev.daypass.issuance;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.util.Optional;

/**
 * Whether an operator has stopped all issuance (DESIGN section 8, {@code freeze}): an entry says
 * so, and it is what the next start reads. Logins and KRLs go on.
 *
 * <p>It is asked by any thread, also between a certificate's entry and its release: from the moment
 * of {@link #freeze} on nothing more is released.
 */
public final class Freeze {
  private final Ledger ledger;

  /** Why nothing is issued; written under this object's lock. */
  private volatile Optional<String> reason;

  private Freeze(Ledger ledger, Optional<String> reason) {
    this.ledger = ledger;
    this.reason = reason;
  }

  /** As the ledger has it. */
  public static Freeze open(Ledger ledger) throws LedgerUnavailable {
    Optional<EntryNumber> frozen = newest(ledger, EntryKind.ISSUANCE_FROZEN);
    Optional<EntryNumber> thawed = newest(ledger, EntryKind.ISSUANCE_THAWED);
    boolean isFrozen =
        frozen.isPresent() && (thawed.isEmpty() || frozen.get().compareTo(thawed.get()) > 0);
    return new Freeze(
        ledger, isFrozen ? Optional.of(reason(ledger, frozen.get())) : Optional.empty());
  }

  /** The operator's reason while nothing is issued. */
  public Optional<String> reason() {
    return reason;
  }

  /**
   * Stops issuance, in any case: what cannot be written down holds until this process ends.
   *
   * @return the entry's number
   */
  public synchronized EntryNumber freeze(String operator, String why) throws LedgerUnavailable {
    reason = Optional.of(why);
    return append(EntryKind.ISSUANCE_FROZEN, operator, why);
  }

  /** Lets issuance go on, once that is written down. */
  public synchronized EntryNumber thaw(String operator, String why) throws LedgerUnavailable {
    EntryNumber entry = append(EntryKind.ISSUANCE_THAWED, operator, why);
    reason = Optional.empty();
    return entry;
  }

  private EntryNumber append(EntryKind kind, String operator, String why) throws LedgerUnavailable {
    JsonObject details = JsonObject.builder().put("operator", operator).put("why", why).build();
    return ledger.append(Draft.of(kind, details, SearchKeys.NONE)).number();
  }

  private static Optional<EntryNumber> newest(Ledger ledger, EntryKind kind)
      throws LedgerUnavailable {
    return ledger.search(EntrySearch.of(Optional.of(kind), SearchKeys.NONE, 1)).stream()
        .findFirst();
  }

  /** The kind alone says that it is so; the reason may have been erased. */
  private static String reason(Ledger ledger, EntryNumber frozen) throws LedgerUnavailable {
    return ledger.details(frozen).flatMap(Freeze::why).orElse("no reason is known");
  }

  private static Optional<String> why(Bytes details) {
    try {
      return CanonicalJson.decodeObject(details).text("why");
    } catch (JsonFormatException _) {
      return Optional.empty();
    }
  }
}
