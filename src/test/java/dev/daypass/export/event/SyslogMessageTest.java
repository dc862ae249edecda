package dev.daypass.export.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.outward.Severity;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SyslogMessageTest {
  @Test
  void theSeverityIsInThePriority() {
    assertThat(message(Severity.CRITICAL)).startsWith("<105>1 ");
    assertThat(message(Severity.HIGH)).startsWith("<107>1 ");
    assertThat(message(Severity.MEDIUM)).startsWith("<108>1 ");
    assertThat(message(Severity.LOW)).startsWith("<109>1 ");
    assertThat(message(Severity.INFORMATIONAL)).startsWith("<110>1 ");
  }

  @Test
  void eachKindFitsIntoAMessageId() {
    for (EntryKind kind : EntryKind.values()) {
      assertThat(kind.wireName()).matches("[!-~]{1,32}"); // RFC 5424, section 6
    }
  }

  @Test
  void aFrameBeginsWithTheLengthOfItsMessage() {
    String message = message(Severity.LOW);
    String frame =
        new String(
            SyslogMessage.frame(
                    SomeEvents.of(1, EntryKind.SESSION_ALARM, Severity.LOW), "ca.example.com")
                .toArray(),
            StandardCharsets.US_ASCII);
    assertThat(frame).isEqualTo(message.length() + " " + message);
  }

  private static String message(Severity severity) {
    return new String(
        SyslogMessage.of(SomeEvents.of(1, EntryKind.SESSION_ALARM, severity), "ca.example.com")
            .toArray(),
        StandardCharsets.US_ASCII);
  }
}
