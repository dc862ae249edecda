package dev.daypass.ledger.json;

/** A string of Unicode scalar values: a lone surrogate has no UTF-8 form and is refused. */
public record JsonText(String value) implements JsonValue {
  public JsonText {
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(unit)) {
        throw new IllegalArgumentException("lone surrogate at " + i);
      }
    }
  }
}
