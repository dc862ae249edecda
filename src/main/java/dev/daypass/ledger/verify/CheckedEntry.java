package dev.daypass.ledger.verify;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryFormatException;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.Erasure;
import dev.daypass.ledger.entry.Loss;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one entry says for itself, apart from its neighbours: entries can be checked in parallel.
 *
 * @param absent whether there are no details
 * @param erases the entries that a {@code details.erased} names
 * @param loses the entries that it names after a recovery
 * @param entry the entry itself, if it can be read
 * @param details if they are there, and those that were hashed
 */
record CheckedEntry(
    long number,
    Hash leaf,
    boolean absent,
    List<EntryNumber> erases,
    Optional<Loss> loses,
    Optional<Entry> entry,
    Optional<JsonObject> details,
    List<LedgerFault> faults) {
  private static final int SALT_CHARACTERS = 22;

  static CheckedEntry of(StoredEntry stored, String origin) {
    long number = stored.number().value();
    Hash leaf = Hash.leaf(stored.entry().toArray());
    List<LedgerFault> faults = new ArrayList<>(0);
    Optional<Entry> entry = Optional.empty();
    Optional<JsonObject> details = Optional.empty();
    try {
      Entry read = Entry.decode(stored.entry());
      entry = Optional.of(read);
      checkPlace(number, read, origin, faults);
      details = stored.details().flatMap(encoded -> checkDetails(number, read, encoded, faults));
    } catch (EntryFormatException e) {
      faults.add(LedgerFault.of(number, String.valueOf(e.getMessage())));
    }
    Optional<JsonObject> erasure =
        entry.map(Entry::kind).filter(kind -> kind == EntryKind.DETAILS_ERASED).isPresent()
            ? details
            : Optional.empty();
    List<EntryNumber> erases =
        erasure
            .flatMap(Erasure::of)
            .map(Erasure::erased)
            .filter(earlier -> earlier.stream().allMatch(each -> each.value() < number))
            .orElse(List.of());
    Optional<Loss> loses = erasure.flatMap(Loss::of).filter(loss -> loss.last().value() < number);
    if (erasure.isPresent() && erases.isEmpty() && loses.isEmpty()) {
      faults.add(LedgerFault.of(number, "it erased details, and names no earlier entry"));
    }
    boolean absent = stored.details().isEmpty();
    return new CheckedEntry(number, leaf, absent, erases, loses, entry, details, faults);
  }

  boolean isGrant() {
    return details.isPresent()
        && entry.map(Entry::kind).filter(EntryKind::commitsToCertificate).isPresent();
  }

  private static void checkPlace(
      long number, Entry entry, String origin, List<LedgerFault> faults) {
    boolean creation = entry.kind() == EntryKind.LEDGER_CREATED;
    if (creation != (number == 0)) {
      faults.add(LedgerFault.of(number, "entry 0, and no other, is ledger.created"));
    } else if (creation
        && !entry.publicPart().flatMap(part -> part.text("origin")).equals(Optional.of(origin))) {
      faults.add(LedgerFault.of(number, "the ledger was created with another origin"));
    }
  }

  /** Returns the details if they are those that were hashed. */
  private static Optional<JsonObject> checkDetails(
      long number, Entry entry, Bytes details, List<LedgerFault> faults) {
    if (!details.sha256().equals(entry.detailsHash())) {
      faults.add(LedgerFault.of(number, "the details are not those that were hashed"));
      return Optional.empty();
    }
    JsonObject object;
    try {
      object = CanonicalJson.decodeObject(details);
    } catch (JsonFormatException e) {
      faults.add(LedgerFault.of(number, "the details are not canonical: " + e.getMessage()));
      return Optional.empty();
    }
    if (object.text("salt").filter(salt -> salt.length() == SALT_CHARACTERS).isEmpty()) {
      faults.add(LedgerFault.of(number, "the details have no salt of 16 bytes"));
    }
    return Optional.of(object);
  }
}
