package dev.daypass.policy.host;

import java.util.Optional;

/**
 * The name of a server as it was given at join: a DNS name in lower case, without final dot (RFC
 * 1123 section 2.1, RFC 1035 section 2.3.4). Nothing else is taken, so that it can stand in a
 * principal, a pattern and a file name.
 */
public record HostName(String text) implements Comparable<HostName> {

  private static final int MAX_LENGTH = 253;
  private static final int MAX_LABEL_LENGTH = 63;

  public HostName {
    if (!isValid(text)) {
      throw new IllegalArgumentException("not a DNS name in lower case");
    }
  }

  public static Optional<HostName> parse(String text) {
    return isValid(text) ? Optional.of(new HostName(text)) : Optional.empty();
  }

  /** By hand: it is asked several times in a request, and a pattern takes ten times as long. */
  private static boolean isValid(String text) {
    int label = 0;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', label)) {
      if (!isLabel(text, label, dot)) {
        return false;
      }
      label = dot + 1;
    }
    return text.length() <= MAX_LENGTH && isLabel(text, label, text.length());
  }

  /** Letters, digits and, between them, hyphens. */
  private static boolean isLabel(String text, int start, int end) {
    boolean fits = end > start && end - start <= MAX_LABEL_LENGTH;
    for (int i = start; fits && i < end; i++) {
      char c = text.charAt(i);
      boolean inside = i > start && i < end - 1;
      fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && inside);
    }
    return fits;
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
