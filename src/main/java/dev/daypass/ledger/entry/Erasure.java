package dev.daypass.ledger.entry;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.tlog.EntryNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the details of a {@code details.erased} say: whose details it took away (DESIGN, section 6).
 * Details that are gone are believed to be erased only where a later entry names them.
 *
 * @param erased each once, the lowest first
 */
public record Erasure(List<EntryNumber> erased) {
  /** As many as one entry names: their numbers fit into its details. */
  public static final int MOST = 256;

  private static final String ONE = "entry";
  private static final String MANY = "entries";
  private static final Optional<Erasure> NONE = Optional.empty();

  public Erasure {
    erased = erased.stream().distinct().sorted().toList();
    if (erased.isEmpty() || erased.size() > MOST) {
      throw new IllegalArgumentException("one entry erases the details of 1 to " + MOST);
    }
  }

  /** Empty if the details name no entry, or not in the form in which {@link #in} does. */
  public static Optional<Erasure> of(JsonObject details) {
    Optional<EntryNumber> one = details.text(ONE).flatMap(Erasure::number);
    return one.isPresent()
        ? Optional.of(new Erasure(List.of(one.get())))
        : details.value(MANY).flatMap(list -> list instanceof JsonArray(var all) ? of(all) : NONE);
  }

  /** These details, and the numbers. */
  public JsonObject in(JsonObject details) {
    return erased.size() == 1
        ? details.toBuilder().put(ONE, erased.getFirst().toString()).build()
        : details.toBuilder()
            .put(MANY, JsonArray.ofTexts(erased.stream().map(EntryNumber::toString).toList()))
            .build();
  }

  /** An entry's number as details write it; empty for any other text. */
  static Optional<EntryNumber> number(String text) {
    return Optional.of(text)
        .filter(digits -> digits.matches("0|[1-9][0-9]{0,17}"))
        .map(digits -> new EntryNumber(Long.parseLong(digits)));
  }

  private static Optional<Erasure> of(List<?> values) {
    List<EntryNumber> numbers = new ArrayList<>();
    for (Object value : values) {
      Optional<EntryNumber> number =
          value instanceof JsonText(String text) ? number(text) : Optional.empty();
      if (number.isEmpty()) {
        return NONE;
      }
      numbers.add(number.get());
    }
    return numbers.isEmpty() || numbers.size() > MOST ? NONE : Optional.of(new Erasure(numbers));
  }
}
