package dev.daypass.login.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A provider's refresh token. It is never printed, and stored sealed only. */
public final class RefreshToken {
  private final String text;

  private RefreshToken(String text) {
    this.text = text;
  }

  public static RefreshToken of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an empty refresh token");
    }
    return new RefreshToken(text);
  }

  /** The token itself, for the one place that sends it and the one that seals it. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RefreshToken token && MessageDigest.isEqual(bytes(), token.bytes());
  }

  @Override
  public int hashCode() {
    return RefreshToken.class.hashCode();
  }

  @Override
  public String toString() {
    return "(refresh token)";
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
