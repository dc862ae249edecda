package dev.daypass.fleet.session;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.Serial;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server says of one session.
 *
 * @param session chosen at random by the server, the same in every report of this session
 * @param serial of the certificate that logged in
 * @param certificate the whole of it, where the server has it
 * @param at when it happened, by the server's clock
 * @param texts what else is known, by its name: {@code user}, {@code key_id}, {@code account},
 *     {@code client}, {@code server}, {@code reason}
 */
public record SessionReport(
    SessionEvent event,
    String session,
    Serial serial,
    Optional<Certificate> certificate,
    Instant at,
    Map<String, String> texts) {
  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{16,64}");

  public SessionReport {
    texts = Map.copyOf(texts);
    if (!isSession(session)) {
      throw new IllegalArgumentException("not the id of a session");
    }
  }

  /** Whether it could be a session's id: nobody else's, so long as it is random. */
  public static boolean isSession(String text) {
    return SESSION.matcher(text).matches();
  }
}
