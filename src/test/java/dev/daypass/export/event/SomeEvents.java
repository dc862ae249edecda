package dev.daypass.export.event;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.outward.Event;
import dev.daypass.outward.Severity;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Small events. */
final class SomeEvents {
  private static final Instant AT = Instant.parse("2026-11-21T01:13:00.123Z");

  private SomeEvents() {}

  static Event of(long number) {
    return of(number, EntryKind.CERTIFICATE_GRANTED, Severity.INFORMATIONAL);
  }

  static Event of(long number, EntryKind kind, Severity severity) {
    return new Event(
        "ca.example.com/daypass#" + number,
        new EntryNumber(number),
        AT,
        kind,
        severity,
        JsonObject.builder().put("n", number).build());
  }

  static List<Event> from(long first, long end) {
    return LongStream.range(first, end).mapToObj(SomeEvents::of).toList();
  }

  static List<String> lines(long first, long end) {
    return LongStream.range(first, end).mapToObj(n -> "{\"n\":" + n + "}").toList();
  }
}
