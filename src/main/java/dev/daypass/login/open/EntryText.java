package dev.daypass.login.open;

import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.util.Optional;

/** The details of an entry as JSON. */
final class EntryText {
  private EntryText() {}

  /** Empty if they were erased. */
  static Optional<JsonObject> of(Ledger ledger, EntryNumber number) throws LedgerUnavailable {
    return ledger.details(number).flatMap(EntryText::decoded);
  }

  private static Optional<JsonObject> decoded(Bytes details) {
    try {
      return Optional.of(CanonicalJson.decodeObject(details));
    } catch (JsonFormatException _) {
      return Optional.empty();
    }
  }
}
