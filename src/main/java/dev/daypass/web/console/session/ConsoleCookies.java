package dev.daypass.web.console.session;

import dev.daypass.web.exchange.HostCookie;
import java.time.Duration;

/**
 * The console's two cookies. Neither is a login's: what happens at a terminal and what happens here
 * have nothing to do with each other.
 *
 * @param trip while the browser is at the provider
 * @param session once it has come back
 */
public record ConsoleCookies(HostCookie trip, HostCookie session) {
  private static final Duration TRIP = Duration.ofMinutes(10);

  /**
   * Both, of this origin.
   *
   * @param https whether browsers reach this origin over TLS
   */
  public static ConsoleCookies of(boolean https) {
    return new ConsoleCookies(
        new HostCookie("daypass-trip", https, TRIP),
        new HostCookie("daypass-console", https, ConsoleSessions.LIFE));
  }
}
