package dev.daypass.outward.ocsf;

import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.ReadEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an entry's details tell; nothing, where they are erased. */
record Told(ReadEntry read) {
  /** A text that people wrote is cut there: an event is to fit into 8 KiB. */
  private static final int MAX_TEXT = 500;

  /** Lists are cut where their texts, escaped, have this many characters together. */
  private static final int MAX_LIST = 2000;

  JsonObject details() {
    return read.details().orElse(JsonObject.EMPTY);
  }

  Optional<String> text(String name) {
    return details().text(name).map(Told::cut);
  }

  /** The first of these members that is there. */
  Optional<String> first(String... names) {
    return List.of(names).stream().flatMap(name -> text(name).stream()).findFirst();
  }

  List<String> texts(String name) {
    return some(details().texts(name));
  }

  /** As many as there is room for, each cut. */
  static List<String> some(List<String> texts) {
    List<String> some = new ArrayList<>();
    int length = 0;
    for (String text : texts) {
      String cut = cut(text);
      length += cut.codePoints().map(Told::escaped).sum();
      if (length <= MAX_LIST) {
        some.add(cut);
      }
    }
    return some;
  }

  /** A time as OCSF has it: milliseconds since 1970 (timestamp_t). */
  Optional<Long> millis(String name) {
    try {
      return text(name).map(Instant::parse).map(Instant::toEpochMilli);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** The hash of a public part, or its number: which bundle, which key. */
  Optional<String> publicText(String name) {
    return read.entry().publicPart().flatMap(part -> part.text(name));
  }

  Optional<String> publicNumber() {
    return read.entry()
        .publicPart()
        .flatMap(part -> part.integer("number"))
        .map(number -> Long.toString(number));
  }

  /** Its beginning, as far as it has room when all beyond ASCII is escaped. */
  static String cut(String text) {
    int room = MAX_TEXT;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      room -= escaped(point);
      if (room < 0) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }

  /** How many characters of a line it takes at most. */
  private static int escaped(int point) {
    if (point < ' ' || point >= 0x7f) {
      return 6 * Character.charCount(point);
    }
    return point == '"' || point == '\\' ? 2 : 1;
  }
}
