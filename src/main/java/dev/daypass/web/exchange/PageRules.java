package dev.daypass.web.exchange;

import java.time.Duration;
import java.util.Optional;

/**
 * What a browser may do with a page (RELIABILITY, hardening checklist: HTTP). Nothing is loaded but
 * the stylesheet and, in the console, one script of ours that only copies; no page is framed.
 *
 * @param scripts whether scripts of this origin run; where somebody logs in, none does
 * @param formAction where its forms may go, as a source of CSP Level 3
 * @param referrer the referrer policy. It also rules the Origin header of a form's POST: under
 *     {@code no-referrer} browsers send {@code null} (Fetch, "append a request Origin header")
 * @param refresh when and where the browser goes next by itself, as the header Refresh says it
 */
public record PageRules(
    boolean scripts, String formAction, String referrer, Optional<String> refresh) {
  /** A page without forms. */
  public static final PageRules PLAIN =
      new PageRules(false, "'none'", "no-referrer", Optional.empty());

  /** A page whose forms come back here, with their true Origin. */
  public static final PageRules FORM =
      new PageRules(false, "'self'", "same-origin", Optional.empty());

  /** A page of the console. */
  public static final PageRules CONSOLE =
      new PageRules(true, "'self'", "same-origin", Optional.empty());

  /**
   * A page whose form goes to a listener on this machine. Only {@code origin} sends the Origin from
   * https to a listener without TLS; the path, which names the login, stays here.
   */
  public static PageRules formTo(String origin) {
    return new PageRules(false, origin, "origin", Optional.empty());
  }

  /**
   * A page that goes on by itself. After a form's POST this is no redirect, so {@code form-action}
   * need not name every host that a sign-in may pass through.
   */
  public static PageRules goingOnTo(String location) {
    return new PageRules(false, "'none'", "no-referrer", Optional.of("0; url=" + location));
  }

  /** A page of the console that the browser loads again by itself, until somebody leaves it. */
  public static PageRules followed(Duration pause, String location) {
    return new PageRules(
        true, "'self'", "same-origin", Optional.of(pause.toSeconds() + "; url=" + location));
  }

  public String contentSecurityPolicy() {
    return "default-src 'none'; style-src 'self'; "
        + (scripts ? "script-src 'self'; require-trusted-types-for 'script'; " : "")
        + "base-uri 'none'; form-action "
        + formAction
        + "; frame-ancestors 'none'";
  }
}
