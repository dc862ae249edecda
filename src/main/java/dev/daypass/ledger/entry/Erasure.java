package dev.daypass.ledger.entry;

import dev.daypass.ledger.json.JsonObject;
import dev.daypass.tlog.EntryNumber;
import java.util.Optional;

/**
 * What the details of a {@code details.erased} say: whose details it took away (DESIGN, section 6).
 * Details that are gone are believed to be erased only where a later entry names them.
 */
public record Erasure(EntryNumber erased) {
  private static final String MEMBER = "entry";

  /** Empty if the details name no entry, or not in the form in which {@link #in} does. */
  public static Optional<Erasure> of(JsonObject details) {
    return details.text(MEMBER).flatMap(Erasure::number).map(Erasure::new);
  }

  /** These details, and the number. */
  public JsonObject in(JsonObject details) {
    return details.toBuilder().put(MEMBER, erased.toString()).build();
  }

  /** An entry's number as details write it; empty for any other text. */
  static Optional<EntryNumber> number(String text) {
    return Optional.of(text)
        .filter(digits -> digits.matches("0|[1-9][0-9]{0,17}"))
        .map(digits -> new EntryNumber(Long.parseLong(digits)));
  }
}
