package dev.daypass.web.page;

import dev.daypass.login.LoginSecret;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.HostCookie;
import java.time.Duration;
import java.util.Optional;

/** The cookie that holds a browser's session during a login. */
final class BrowserCookie {
  /** A login lives five minutes; the session needs no longer life. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final HostCookie cookie;

  BrowserCookie(boolean https) {
    this.cookie = new HostCookie("daypass", https, LIFE);
  }

  String set(LoginSecret browser) {
    return cookie.set(browser.text());
  }

  String clear() {
    return cookie.clear();
  }

  /** The session that the browser sent. */
  Optional<LoginSecret> read(Exchange exchange) {
    return cookie.read(exchange).flatMap(LoginSecret::parse);
  }
}
