package dev.daypass.web.console.session;

import java.util.regex.Pattern;

/**
 * Where in the console somebody wanted to go before signing in: a path and query of ours, and
 * nothing that a browser could take for another host.
 */
record Destination(String path) {
  static final String START = "/console/";

  /** As the guard takes paths, and a query as browsers encode it. */
  private static final Pattern OURS =
      Pattern.compile(
          "/console/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*)?"
              + "(?:\\?[A-Za-z0-9._~%&=+*:@!$'(),;/?-]*)?");

  private static final int LONGEST = 1500;

  /** The start, for whatever is not ours or leads to signing in or out. */
  static Destination of(String text) {
    boolean taken =
        text.length() <= LONGEST
            && OURS.matcher(text).matches()
            && !text.startsWith(START + "sign-");
    return new Destination(taken ? text : START);
  }
}
