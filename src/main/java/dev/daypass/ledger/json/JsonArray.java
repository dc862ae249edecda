package dev.daypass.ledger.json;

import java.util.Collection;
import java.util.List;

/** An ordered list of values. */
public record JsonArray(List<JsonValue> values) implements JsonValue {
  public JsonArray {
    values = List.copyOf(values);
  }

  /** An array of strings, in the order given. */
  public static JsonArray ofTexts(Collection<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonText::new).toList());
  }
}
