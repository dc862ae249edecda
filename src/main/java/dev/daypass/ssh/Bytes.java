package dev.daypass.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An immutable byte string, equal by content. Order is unsigned and lexicographic. */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private static final HexFormat HEX = HexFormat.of();
  private static final int SHOWN_BYTES = 8;

  // Never used but copied: to look a digest up takes longer than to hash what we hash.
  private static final MessageDigest SHA_256 = platform("SHA-256");
  private static final MessageDigest SHA_512 = platform("SHA-512");

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of these bytes. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** Takes the array over without copying it: the caller must not write to it again. */
  static Bytes wrap(byte[] content) {
    return new Bytes(content);
  }

  /** Reads hexadecimal of either case, without separators. */
  public static Bytes ofHex(String hex) {
    return new Bytes(HEX.parseHex(hex));
  }

  /**
   * The UTF-8 form of a text.
   *
   * @throws IllegalArgumentException if the text holds a lone surrogate, which has no such form
   */
  public static Bytes ofUtf8(String text) {
    // getBytes writes "?" for a lone surrogate.
    if (!Utf8.hasForm(text)) {
      throw new IllegalArgumentException("text holds a lone surrogate");
    }
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads padded base64 of RFC 4648 section 4, in its one canonical form: no white space, padding
   * complete, unused bits zero (section 3.5).
   */
  public static Bytes fromBase64Strict(String base64) throws SshFormatException {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new SshFormatException("not base64", 0, e);
    }
    if (!Base64.getEncoder().encodeToString(decoded).equals(base64)) {
      throw new SshFormatException("base64 is not canonical", 0);
    }
    return new Bytes(decoded);
  }

  public int size() {
    return content.length;
  }

  /** Writes the content as it is: the stream must not keep the array. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(content);
  }

  public boolean isEmpty() {
    return content.length == 0;
  }

  public byte byteAt(int index) {
    return content[index];
  }

  public byte[] toArray() {
    return content.clone();
  }

  /** The bytes from {@code from} inclusive to {@code to} exclusive. */
  public Bytes slice(int from, int to) {
    if (from < 0 || to > content.length || from > to) {
      throw new IndexOutOfBoundsException("slice " + from + " to " + to + " of " + content.length);
    }
    return new Bytes(Arrays.copyOfRange(content, from, to));
  }

  public Bytes concat(Bytes other) {
    byte[] joined = Arrays.copyOf(content, content.length + other.content.length);
    System.arraycopy(other.content, 0, joined, content.length, other.content.length);
    return new Bytes(joined);
  }

  /** Lower-case hexadecimal. */
  public String hex() {
    return HEX.formatHex(content);
  }

  /** RFC 4648 section 4, padded. */
  public String base64() {
    return Base64.getEncoder().encodeToString(content);
  }

  /** RFC 4648 section 5, without padding. */
  public String base64Url() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
  }

  public Bytes sha256() {
    return digest(SHA_256);
  }

  public Bytes sha512() {
    return digest(SHA_512);
  }

  /**
   * The text that these bytes are the UTF-8 form of. Overlong and other invalid forms are refused.
   */
  public String utf8() throws SshFormatException {
    if (!isUtf8()) {
      throw new SshFormatException("not UTF-8", 0);
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  /** Whether {@link #utf8} would answer, found out without making the text. */
  public boolean isUtf8() {
    return Utf8.isValid(content);
  }

  /** The array itself, for readers in this package that do not write to it. */
  byte[] unsafeArray() {
    return content;
  }

  private Bytes digest(MessageDigest unused) {
    try {
      return new Bytes(((MessageDigest) unused.clone()).digest(content));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's digests can be copied", e);
    }
  }

  private static MessageDigest platform(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java platform has " + algorithm, e);
    }
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** The size and at most the first eight bytes, so that a message cannot leak a whole value. */
  @Override
  public String toString() {
    int shown = Math.min(SHOWN_BYTES, content.length);
    String more = shown < content.length ? "..." : "";
    return content.length + " bytes " + HEX.formatHex(content, 0, shown) + more;
  }
}
