package dev.daypass.config.outward;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's name and its port; an IPv6 address stands in brackets. */
record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?))"
              + "(?::([0-9]{1,5}))?");

  /**
   * @param usual the port where the text names none
   */
  static Optional<HostPort> parse(String text, int usual) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    int port = matcher.group(3) == null ? usual : Integer.parseInt(matcher.group(3));
    return port >= 1 && port <= 65535 ? Optional.of(new HostPort(host, port)) : Optional.empty();
  }

  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.equals("::1")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }
}
