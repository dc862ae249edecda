package dev.daypass.login;

import dev.daypass.ssh.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A secret of 32 random bytes as 43 characters of base64url: a poll secret, a proof, a browser
 * session or a helper secret. It is never printed, and compared in constant time.
 */
public final class LoginSecret {
  private static final int BYTES = 32;

  /** The last of the 43 characters carries four bits. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

  private final String text;

  private LoginSecret(String text) {
    this.text = text;
  }

  public static Optional<LoginSecret> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new LoginSecret(text)) : Optional.empty();
  }

  /** A new one; {@code random} must be cryptographically strong. */
  public static LoginSecret random(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new LoginSecret(Bytes.of(bytes).base64Url());
  }

  /** The secret itself, for the one place that sends it. */
  public String text() {
    return text;
  }

  /** SHA-256 of the text's ASCII: the challenge of RFC 7636 section 4.2, S256. */
  public Bytes sha256() {
    return Bytes.ofUtf8(text).sha256();
  }

  /** Whether both are the same; takes as long when they are not. */
  public boolean matches(LoginSecret other) {
    return matches(other.text);
  }

  /** The same for a text that may be anything. */
  public boolean matches(String other) {
    return MessageDigest.isEqual(bytes(text), bytes(other));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LoginSecret secret && matches(secret);
  }

  @Override
  public int hashCode() {
    return LoginSecret.class.hashCode();
  }

  @Override
  public String toString() {
    return "(secret)";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
