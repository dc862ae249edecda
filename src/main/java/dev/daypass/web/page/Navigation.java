package dev.daypass.web.page;

import dev.daypass.login.LoginId;
import dev.daypass.login.Visitor;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.web.body.Problem;
import dev.daypass.web.body.RequestFields.MediaType;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.RequestFailed;

/** What a browser's request to a page must be, beyond what the guard asks of each (CASES 67). */
public final class Navigation {
  private Navigation() {}

  /** A page that somebody opens, not one that another page loads in passing or in advance. */
  public static void require(Exchange exchange) throws RequestFailed {
    boolean inPassing =
        exchange.header("Sec-Fetch-Dest").filter(dest -> !dest.equals("document")).isPresent();
    if (inPassing || exchange.header("Sec-Purpose").isPresent()) {
      throw refused("The page was not opened, but loaded by another.");
    }
  }

  /**
   * A POST of our own form. Browsers send Origin with each POST; the guard has compared it, if it
   * was there, and refused other sites by Sec-Fetch-Site.
   */
  public static void requireOwnForm(Exchange exchange) throws RequestFailed {
    if (exchange.headers("Origin").size() != 1) {
      throw refused("The form was sent without saying which page it comes from.");
    }
  }

  /** Forms come in the one encoding that a browser's own form has. */
  public static MediaType form(Exchange exchange) throws RequestFailed {
    if (exchange.mediaType() != MediaType.FORM) {
      throw new RequestFailed(
          Problem.of(
              415, "media_type_not_taken", "This is no form.", "Use the page's own buttons."));
    }
    return MediaType.FORM;
  }

  static LoginId login(Exchange exchange) throws RequestFailed {
    return LoginId.parse(exchange.path("id")).orElseThrow(Navigation::loginUnknown);
  }

  public static Visitor visitor(Exchange exchange) {
    return new Visitor(IpAddress.of(exchange.client()), exchange.requestId());
  }

  static RequestFailed loginUnknown() {
    return new RequestFailed(
        Problem.of(
            404,
            "login_unknown",
            "Nobody is waiting for this page: the login has ended, or more than five minutes have"
                + " passed.",
            "Go back to the terminal and run daypass login again."));
  }

  /** No session: cookies are off, or this is another browser than the one that signed in. */
  static RequestFailed sessionMissing() {
    return new RequestFailed(
        Problem.of(
            403,
            "session_missing",
            "This browser did not sign in for this login, or does not keep cookies.",
            "Open the terminal's address again, in one browser, with cookies allowed."));
  }

  private static RequestFailed refused(String detail) {
    return new RequestFailed(
        Problem.of(
            403, "origin_refused", detail, "Open the address that your terminal shows, yourself."));
  }
}
