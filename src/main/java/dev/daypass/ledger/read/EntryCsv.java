package dev.daypass.ledger.read;

import dev.daypass.ledger.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An entry as a line of RFC 4180. A field that a spreadsheet would take for a formula begins with
 * an apostrophe: what people gave as a reason is theirs.
 */
public final class EntryCsv {
  private static final List<String> COLUMNS =
      List.of(
          "entry",
          "at",
          "kind",
          "person",
          "role",
          "reason",
          "servers",
          "key",
          "key_id",
          "valid_after",
          "valid_before",
          "address",
          "request",
          "erased");

  private EntryCsv() {}

  /** The names of the columns. */
  public static String head() {
    return String.join(",", COLUMNS) + "\r\n";
  }

  /** One line with its end. */
  public static String of(ReadEntry read) {
    Optional<JsonObject> details = read.details();
    return List.of(
                read.number().toString(),
                read.entry().at().toString(),
                read.entry().kind().wireName(),
                read.person().orElse(""),
                read.role().orElse(""),
                read.reason().orElse(""),
                String.join(" ", read.servers()),
                text(details, "key"),
                text(details, "key_id"),
                text(details, "valid_after"),
                text(details, "valid_before"),
                text(details, "address"),
                text(details, "request"),
                details.isEmpty() ? "erased" : "")
            .stream()
            .map(EntryCsv::field)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  /** A field as it stands in a line. */
  public static String field(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static String text(Optional<JsonObject> details, String name) {
    return details.flatMap(object -> object.text(name)).orElse("");
  }
}
