package dev.daypass.ledger.verify;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.Serial;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryFormatException;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.Erasure;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one entry says for itself, apart from its neighbours: entries can be checked in parallel.
 *
 * @param at empty if the entry cannot be read
 * @param absent whether there are no details
 * @param erases the entry that a {@code details.erased} names
 * @param login what it says of a login
 * @param entry the entry itself, if it can be read
 * @param details of a revocation, if they are there
 */
record CheckedEntry(
    long number,
    Hash leaf,
    Optional<Instant> at,
    boolean absent,
    Optional<EntryNumber> erases,
    Optional<LoginStep> login,
    Optional<Entry> entry,
    Optional<JsonObject> details,
    boolean rebuilt,
    List<LedgerFault> faults) {
  private static final int SALT_CHARACTERS = 22;

  static CheckedEntry of(StoredEntry stored, String origin, CertificateRebuild rebuild) {
    long number = stored.number().value();
    Hash leaf = Hash.leaf(stored.entry().toArray());
    List<LedgerFault> faults = new ArrayList<>();
    boolean absent = stored.details().isEmpty();
    try {
      Entry entry = Entry.decode(stored.entry());
      checkPlace(number, entry, origin, faults);
      Optional<JsonObject> details =
          stored.details().flatMap(encoded -> checkDetails(number, entry, encoded, faults));
      boolean rebuilt =
          details.isPresent()
              && entry.kind().commitsToCertificate()
              && checkCommitment(number, entry, details.get(), rebuild, faults);
      return new CheckedEntry(
          number,
          leaf,
          Optional.of(entry.at()),
          absent,
          erases(number, entry, details, faults),
          LoginStep.of(entry.kind(), details),
          Optional.of(entry),
          details.filter(_ -> entry.kind() == EntryKind.REVOCATION_ADDED),
          rebuilt,
          faults);
    } catch (EntryFormatException e) {
      faults.add(LedgerFault.of(number, String.valueOf(e.getMessage())));
      return new CheckedEntry(
          number,
          leaf,
          Optional.empty(),
          absent,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          faults);
    }
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

  private static Optional<EntryNumber> erases(
      long number, Entry entry, Optional<JsonObject> details, List<LedgerFault> faults) {
    if (entry.kind() != EntryKind.DETAILS_ERASED || details.isEmpty()) {
      return Optional.empty();
    }
    Optional<EntryNumber> erased =
        Erasure.of(details.get()).map(Erasure::erased).filter(earlier -> earlier.value() < number);
    if (erased.isEmpty()) {
      faults.add(LedgerFault.of(number, "it erased details, and names no earlier entry"));
    }
    return erased;
  }

  /** Returns whether the certificate could be rebuilt and is the one committed to. */
  private static boolean checkCommitment(
      long number,
      Entry entry,
      JsonObject details,
      CertificateRebuild rebuild,
      List<LedgerFault> faults) {
    Optional<CertificateContent> content;
    try {
      content = rebuild.content(entry.kind(), details);
    } catch (RebuildFailed e) {
      faults.add(LedgerFault.of(number, "its certificate cannot be made again: " + e.getMessage()));
      return false;
    }
    // The serial is the entry number (DESIGN, section 1): no other one gives the same hash.
    if (content.isPresent()
        && !entry
            .commitSsh()
            .equals(Optional.of(content.get().withSerial(new Serial(number)).commitment()))) {
      faults.add(LedgerFault.of(number, "it commits to another certificate, or another serial"));
      return false;
    }
    return content.isPresent();
  }
}
