package dev.daypass.web.exchange;

import java.time.Duration;
import java.util.Optional;

/**
 * What a browser may do with a page (RELIABILITY, hardening checklist: HTTP). Nothing is loaded but
 * the stylesheet, no page is framed, and no script runs at all.
 *
 * @param formAction where its forms may go, as a source of CSP Level 3
 * @param referrer the referrer policy. It also rules the Origin header of a form's POST: under
 *     {@code no-referrer} browsers send {@code null} (Fetch, "append a request Origin header")
 * @param refresh when and where the browser goes next by itself, as the header Refresh says it
 */
public record PageRules(String formAction, String referrer, Optional<String> refresh) {
  /** A page without forms. */
  public static final PageRules PLAIN = new PageRules("'none'", "no-referrer", Optional.empty());

  /** A page whose forms come back here, with their true Origin. */
  public static final PageRules FORM = new PageRules("'self'", "same-origin", Optional.empty());

  /**
   * A page whose form goes to a listener on this machine. Only {@code origin} sends the Origin from
   * https to a listener without TLS; the path, which names the login, stays here.
   */
  public static PageRules formTo(String origin) {
    return new PageRules(origin, "origin", Optional.empty());
  }

  /**
   * A page that goes on by itself. After a form's POST this is no redirect, so {@code form-action}
   * need not name every host that a sign-in may pass through.
   */
  public static PageRules goingOnTo(String location) {
    return new PageRules("'none'", "no-referrer", Optional.of("0; url=" + location));
  }

  /** A page with forms that the browser loads again by itself, until somebody leaves it. */
  public static PageRules followed(Duration pause, String location) {
    return new PageRules(
        "'self'", "same-origin", Optional.of(pause.toSeconds() + "; url=" + location));
  }

  public String contentSecurityPolicy() {
    return "default-src 'none'; style-src 'self'; base-uri 'none'; form-action "
        + formAction
        + "; frame-ancestors 'none'";
  }
}
