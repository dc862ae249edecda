package dev.daypass.ledger.entry;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The one form of a time in an entry: RFC 3339, UTC, milliseconds, as in DESIGN, section 6. */
final class EntryTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private EntryTime() {}

  static String format(Instant at) {
    return FORMAT.format(at);
  }

  /**
   * @throws IllegalArgumentException if the text is not what {@link #format} writes
   */
  static Instant parse(String text) {
    try {
      Instant at = Instant.parse(text);
      if (format(at).equals(text)) {
        return at;
      }
    } catch (DateTimeParseException _) {
      // The same refusal as for another spelling of a time.
    }
    throw new IllegalArgumentException("not a time of an entry");
  }

  static Instant requireMillis(Instant at) {
    if (!at.truncatedTo(ChronoUnit.MILLIS).equals(at)
        || at.isBefore(Instant.EPOCH)
        || !at.isBefore(END)) {
      throw new IllegalArgumentException("a time in whole milliseconds, from 1970 to 9999");
    }
    return at;
  }
}
