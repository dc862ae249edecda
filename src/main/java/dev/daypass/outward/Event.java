package dev.daypass.outward;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What is told of an entry: a JSON object of a published schema.
 *
 * @param id the same at each try and of no other event, in any ledger
 * @param body what is told
 */
public record Event(
    String id, EntryNumber number, Instant at, EntryKind kind, Severity severity, JsonObject body) {
  /**
   * One line without its end, in ASCII: characters beyond it are escaped (RFC 8259, section 7), so
   * that no encoding on the way is asked, and no terminal draws what an asker wrote.
   */
  public Bytes line() {
    String text = new String(CanonicalJson.encode(body).toArray(), StandardCharsets.UTF_8);
    StringBuilder line = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x7f) {
        line.append(c);
      } else {
        line.append("\\u%04x".formatted((int) c));
      }
    }
    return Bytes.of(line.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
