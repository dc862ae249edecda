package dev.daypass.web.console.story;

import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.web.console.view.Line;
import dev.daypass.web.page.Moments;
import dev.daypass.web.page.Shown;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Entries as lines of a page. */
public final class Lines {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Lines() {}

  public static Line of(ReadEntry read, Instant now) {
    String number = read.number().toString();
    Instant at = read.entry().at();
    return new Line(
        number,
        "/console/entries/" + number,
        Moments.since(at, now),
        CLOCK.format(at),
        KindWords.tone(read.entry().kind()),
        read.entry().kind().wireName(),
        Sentences.of(read),
        read.reason().map(Shown::harmless).orElse(null));
  }
}
