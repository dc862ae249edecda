package dev.daypass.policy.host;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a server as it was given at join: a DNS name in lower case, without final dot (RFC
 * 1123 section 2.1, RFC 1035 section 2.3.4). Nothing else is taken, so that it can stand in a
 * principal, a pattern and a file name.
 */
public record HostName(String text) implements Comparable<HostName> {

  private static final int MAX_LENGTH = 253;
  private static final Pattern GRAMMAR =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  public HostName {
    if (!isValid(text)) {
      throw new IllegalArgumentException("not a DNS name in lower case");
    }
  }

  public static Optional<HostName> parse(String text) {
    return isValid(text) ? Optional.of(new HostName(text)) : Optional.empty();
  }

  private static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && GRAMMAR.matcher(text).matches();
  }

  @Override
  public int compareTo(HostName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
