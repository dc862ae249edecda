package dev.daypass.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The code of a login in device mode, which a person reads from the terminal and types into the
 * browser: 8 of 20 consonants that nobody mistakes (RFC 8628 section 6.1), in two groups.
 */
public final class UserCode {
  private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
  private static final int LENGTH = 8;

  private final String letters;

  private UserCode(String letters) {
    this.letters = letters;
  }

  /** A new one; {@code random} must be cryptographically strong. */
  public static UserCode random(RandomGenerator random) {
    StringBuilder letters = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new UserCode(letters.toString());
  }

  /** As it is shown: {@code BCDF-GHJK}. */
  public String text() {
    return letters.substring(0, LENGTH / 2) + "-" + letters.substring(LENGTH / 2);
  }

  /** Whether somebody typed it: in either case, with or without the hyphen and spaces. */
  public boolean matches(String typed) {
    String bare = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    return MessageDigest.isEqual(
        letters.getBytes(StandardCharsets.UTF_8), bare.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "(code)";
  }
}
