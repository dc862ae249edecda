package dev.daypass.web.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cookie that this origin alone sets and is sent. {@code __Host-} binds it to this very host over
 * TLS (RFC 6265bis section 4.1.3.2); on loopback without TLS the name goes without.
 */
public final class HostCookie {
  /** RFC 6265 section 4.1.1, cookie-octet, of which fewer are needed. */
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._-]{1,3000}");

  private final String name;
  private final Duration life;
  private final String attributes;

  public HostCookie(String name, boolean https, Duration life) {
    this.name = https ? "__Host-" + name : name;
    this.life = life;
    this.attributes = "; Path=/; HttpOnly; SameSite=Lax" + (https ? "; Secure" : "");
  }

  /** The field {@code Set-Cookie} that gives it this value. */
  public String set(String value) {
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("not the value of a cookie");
    }
    return name + "=" + value + "; Max-Age=" + life.toSeconds() + attributes;
  }

  /** The field {@code Set-Cookie} that takes it away. */
  public String clear() {
    return name + "=; Max-Age=0" + attributes;
  }

  /** What the browser sent. Of two none is taken: somebody else may have set one. */
  public Optional<String> read(Exchange exchange) {
    List<String> found = new ArrayList<>(1);
    for (String header : exchange.headers("Cookie")) {
      for (String pair : header.split(";", -1)) {
        String bare = pair.strip();
        if (bare.startsWith(name + "=")) {
          found.add(bare.substring(name.length() + 1));
        }
      }
    }
    return found.size() == 1
        ? Optional.of(found.getFirst()).filter(VALUE.asMatchPredicate())
        : Optional.empty();
  }
}
