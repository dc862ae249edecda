package dev.daypass.identity;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name by which people know an identity, as the identity provider sent it. It belongs to one
 * identity (DESIGN section 4). It is free text: whoever writes it into a key ID or a page encodes
 * it there.
 */
public record Username(String text) {

  public Username {
    if (!isValid(text)) {
      throw new IllegalArgumentException("a username is non-empty, well-formed Unicode");
    }
  }

  public static Optional<Username> parse(String text) {
    return isValid(text) ? Optional.of(new Username(text)) : Optional.empty();
  }

  private static boolean isValid(String text) {
    return !text.isBlank() && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
