package dev.daypass.tlog;

import java.util.Arrays;
import java.util.Base64;

/** Bytes that a format carries without knowing what they mean. Immutable, equal by content. */
public final class Opaque {
  private final byte[] bytes;

  private Opaque(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Opaque of(byte[] bytes) {
    return new Opaque(bytes.clone());
  }

  public int size() {
    return bytes.length;
  }

  public byte[] toArray() {
    return bytes.clone();
  }

  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Opaque that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
