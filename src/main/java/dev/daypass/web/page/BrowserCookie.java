package dev.daypass.web.page;

import dev.daypass.login.LoginSecret;
import dev.daypass.web.exchange.Exchange;
import java.util.Optional;

/**
 * The cookie that holds a browser's session during a login. {@code __Host-} binds it to this very
 * host over TLS (RFC 6265bis section 4.1.3.2); on loopback without TLS the name goes without.
 */
final class BrowserCookie {
  /** A login lives five minutes; the session needs no longer life. */
  private static final int MAX_AGE_SECONDS = 600;

  private final String name;
  private final String attributes;

  BrowserCookie(boolean https) {
    this.name = https ? "__Host-daypass" : "daypass";
    this.attributes = "; Path=/; HttpOnly; SameSite=Lax" + (https ? "; Secure" : "");
  }

  String set(LoginSecret browser) {
    return name + "=" + browser.text() + "; Max-Age=" + MAX_AGE_SECONDS + attributes;
  }

  String clear() {
    return name + "=; Max-Age=0" + attributes;
  }

  /** The session that the browser sent. Of two none is taken: somebody else may have set one. */
  Optional<LoginSecret> read(Exchange exchange) {
    Optional<LoginSecret> found = Optional.empty();
    int count = 0;
    for (String header : exchange.headers("Cookie")) {
      for (String pair : header.split(";", -1)) {
        String bare = pair.strip();
        if (bare.startsWith(name + "=")) {
          count++;
          found = LoginSecret.parse(bare.substring(name.length() + 1));
        }
      }
    }
    return count == 1 ? found : Optional.empty();
  }
}
