package dev.daypass.ledger.entry;

import dev.daypass.ledger.json.JsonObject;
import dev.daypass.tlog.EntryNumber;
import java.util.Optional;

/**
 * What the details of a {@code details.erased} say after entries were re-read from a copy: copies
 * have no details, so those of these entries are lost (DESIGN, section 6, "Lost entries").
 *
 * @param first the first entry whose details are lost
 * @param last the last one; all in between are lost as well
 */
public record Loss(EntryNumber first, EntryNumber last) {
  private static final String FIRST = "lost_from";
  private static final String LAST = "lost_to";

  public Loss {
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException("a loss that ends before it begins");
    }
  }

  /** Empty if the details tell of no loss, or not in the form in which {@link #in} does. */
  public static Optional<Loss> of(JsonObject details) {
    Optional<EntryNumber> first = details.text(FIRST).flatMap(Erasure::number);
    Optional<EntryNumber> last = details.text(LAST).flatMap(Erasure::number);
    return first.isPresent() && last.isPresent() && first.get().compareTo(last.get()) <= 0
        ? Optional.of(new Loss(first.get(), last.get()))
        : Optional.empty();
  }

  /** These details, and the numbers. */
  public JsonObject in(JsonObject details) {
    return details.toBuilder().put(FIRST, first.toString()).put(LAST, last.toString()).build();
  }
}
