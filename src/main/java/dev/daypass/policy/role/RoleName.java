package dev.daypass.policy.role;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a role, in the grammar of DESIGN section 5: ASCII and lower case only. */
public record RoleName(String text) implements Comparable<RoleName> {

  private static final Pattern GRAMMAR = Pattern.compile("[a-z][a-z0-9-]{0,40}");

  public RoleName {
    if (!GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException("not a role name: " + GRAMMAR);
    }
  }

  public static Optional<RoleName> parse(String text) {
    return GRAMMAR.matcher(text).matches() ? Optional.of(new RoleName(text)) : Optional.empty();
  }

  @Override
  public int compareTo(RoleName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
