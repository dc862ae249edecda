package dev.daypass.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/** A local account on a server, in the grammar of DESIGN section 5: ASCII and lower case only. */
public record Account(String text) implements Comparable<Account> {

  private static final Pattern GRAMMAR = Pattern.compile("[a-z_][a-z0-9_.-]{0,31}");

  public Account {
    if (!GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException("not an account name: " + GRAMMAR);
    }
  }

  public static Optional<Account> parse(String text) {
    return GRAMMAR.matcher(text).matches() ? Optional.of(new Account(text)) : Optional.empty();
  }

  @Override
  public int compareTo(Account other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
