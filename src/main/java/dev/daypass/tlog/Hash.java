package dev.daypass.tlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 hash of the tree: of a leaf, of a node, or a root (RFC 6962 section 2.1). */
public final class Hash {
  /** Bytes in a hash. */
  public static final int SIZE = 32;

  /** Never used but copied: to look a digest up takes longer than to hash two nodes. */
  private static final MessageDigest UNUSED = platform();

  /** The hash of an empty tree: that of the empty string. */
  public static final Hash EMPTY_ROOT = new Hash(sha256().digest());

  private static final byte LEAF_PREFIX = 0x00;
  private static final byte NODE_PREFIX = 0x01;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A hash that was computed before. The bytes are copied and must be exactly {@link #SIZE}. */
  public static Hash of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  public static Hash ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** Canonical standard base64, as checkpoints and proofs write a hash. */
  public static Hash parse(String base64) throws TlogFormatException {
    return parse(base64, 0);
  }

  static Hash parse(String base64, int offset) throws TlogFormatException {
    byte[] decoded = StrictText.base64(base64, offset);
    if (decoded.length != SIZE) {
      throw new TlogFormatException("a hash has 32 bytes, not " + decoded.length, offset);
    }
    return new Hash(decoded);
  }

  /** {@code SHA-256(0x00 || entry)}, RFC 6962 section 2.1. */
  public static Hash leaf(byte[] entry) {
    MessageDigest digest = sha256();
    digest.update(LEAF_PREFIX);
    return new Hash(digest.digest(entry));
  }

  /** {@code SHA-256(0x01 || left || right)}, RFC 6962 section 2.1. */
  public static Hash node(Hash left, Hash right) {
    MessageDigest digest = sha256();
    digest.update(NODE_PREFIX);
    digest.update(left.bytes);
    return new Hash(digest.digest(right.bytes));
  }

  public byte[] toArray() {
    return bytes.clone();
  }

  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return base64();
  }

  static MessageDigest sha256() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's digests can be copied", e);
    }
  }

  private static MessageDigest platform() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
