package dev.daypass.web.console.story;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonBoolean;
import dev.daypass.ledger.json.JsonInteger;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.web.page.Shown;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON for people: a member a line. It is not what was hashed, which has no space in it. */
public final class Indented {
  private static final int LONGEST_TEXT = 4000;

  private Indented() {}

  public static String of(JsonObject object) {
    return text(object, "");
  }

  private static String text(JsonValue value, String margin) {
    return switch (value) {
      case JsonText(String text) -> '"' + Shown.harmless(text, LONGEST_TEXT) + '"';
      case JsonInteger(long number) -> Long.toString(number);
      case JsonBoolean(boolean truth) -> Boolean.toString(truth);
      case JsonArray(var values) ->
          values.stream()
              .map(each -> text(each, margin + "  "))
              .collect(Collectors.joining(", ", "[", "]"));
      case JsonObject(Map<String, JsonValue> members) ->
          members.isEmpty()
              ? "{}"
              : members.entrySet().stream()
                  .map(member ->
                      margin
                          + "  "
                          + Shown.harmless(member.getKey())
                          + ": "
                          + text(member.getValue(), margin + "  "))
                  .collect(Collectors.joining("\n", "{\n", "\n" + margin + "}"));
    };
  }
}
