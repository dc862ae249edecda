package dev.daypass.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address: a dot-atom local part, whose case is kept, and an ASCII domain in lower case
 * (RFC 5321 sections 2.3.11 and 4.1.2; quoted local parts and address literals are refused).
 */
public record Email(String localPart, String domain) {

  private static final int MAX_LENGTH = 254;
  private static final Pattern LOCAL_PART =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  public Email {
    if (!isValid(localPart, domain)) {
      throw new IllegalArgumentException("not an e-mail address");
    }
  }

  /** Reads {@code local@domain}; a domain in another case is taken in lower case. */
  public static Optional<Email> parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return Optional.empty();
    }
    String localPart = text.substring(0, at);
    String domain = text.substring(at + 1);
    if (domain.chars().anyMatch(c -> c >= 0x80)) {
      return Optional.empty();
    }
    String lowerDomain = domain.toLowerCase(Locale.ROOT);
    return isValid(localPart, lowerDomain)
        ? Optional.of(new Email(localPart, lowerDomain))
        : Optional.empty();
  }

  private static boolean isValid(String localPart, String domain) {
    return localPart.length() <= 64
        && localPart.length() + 1 + domain.length() <= MAX_LENGTH
        && LOCAL_PART.matcher(localPart).matches()
        && DOMAIN.matcher(domain).matches();
  }

  @Override
  public String toString() {
    return localPart + "@" + domain;
  }
}
