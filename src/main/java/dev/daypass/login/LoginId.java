package dev.daypass.login;

import dev.daypass.ssh.Bytes;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The name of a login, from its start to its end: 16 random bytes as base64url. No secret. */
public record LoginId(String text) {
  private static final int BYTES = 16;

  /** The last of the 22 characters carries two bits. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{21}[AQgw]");

  public LoginId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a login id");
    }
  }

  public static Optional<LoginId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new LoginId(text)) : Optional.empty();
  }

  /** A new one; {@code random} must be cryptographically strong. */
  public static LoginId random(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new LoginId(Bytes.of(bytes).base64Url());
  }

  @Override
  public String toString() {
    return text;
  }
}
