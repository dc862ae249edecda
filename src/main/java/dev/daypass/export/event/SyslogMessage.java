package dev.daypass.export.event;

import dev.daypass.outward.Event;
import dev.daypass.outward.Severity;
import dev.daypass.ssh.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An event as a message of RFC 5424. Its text is ASCII, so that no byte order mark is asked for.
 */
final class SyslogMessage {
  /** "log audit" (RFC 5424, section 6.2.1, table 1). */
  private static final int FACILITY = 13;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private SyslogMessage() {}

  /**
   * The frame of RFC 5425, section 4.3: the message's length in octets, a space, the message.
   *
   * @param hostname the field HOSTNAME: of the authority, not of whatever machine it is on
   */
  static Bytes frame(Event event, String hostname) {
    Bytes message = of(event, hostname);
    return Bytes.ofUtf8(message.size() + " ").concat(message);
  }

  /** RFC 5424, section 6: PRI VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID SD MSG. */
  static Bytes of(Event event, String hostname) {
    String header =
        "<%d>1 %s %s daypassd - %s - "
            .formatted(
                FACILITY * 8 + severity(event.severity()),
                TIME.format(event.at()),
                hostname,
                event.kind().wireName());
    return Bytes.of(header.getBytes(StandardCharsets.US_ASCII)).concat(event.line());
  }

  /** RFC 5424, section 6.2.1, table 2: 1 Alert, 3 Error, 4 Warning, 5 Notice, 6 Informational. */
  private static int severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 1;
      case HIGH -> 3;
      case MEDIUM -> 4;
      case LOW -> 5;
      case INFORMATIONAL -> 6;
    };
  }
}
