package dev.daypass.web.body;

import java.util.Arrays;

/** A growing UTF-8 text. Writing ASCII, which nearly all of an answer is, copies bytes only. */
final class Utf8Buffer {
  /** By character: whether it is ASCII and means itself in a JSON string. */
  private static final boolean[] PLAIN = plain();

  private byte[] bytes;
  private int size;

  Utf8Buffer(int capacity) {
    this.bytes = new byte[capacity];
  }

  void ascii(char c) {
    room(1);
    bytes[size++] = (byte) c;
  }

  /** Appends text known to be ASCII. */
  void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  /**
   * Appends the characters from an index on for as long as they mean themselves in a JSON string
   * and are ASCII.
   *
   * @return the index of the first that was not appended
   */
  int plain(String text, int from) {
    room(text.length() - from);
    int i = from;
    while (i < text.length() && isPlain(text.charAt(i))) {
      bytes[size++] = (byte) text.charAt(i++);
    }
    return i;
  }

  /**
   * Appends the code point at an index; a lone surrogate becomes U+FFFD.
   *
   * @return the index of the code point's last char
   */
  int codePoint(String text, int index) {
    char c = text.charAt(index);
    room(4);
    if (c < 0x80) {
      bytes[size++] = (byte) c;
      return index;
    }
    int point = text.codePointAt(index);
    boolean pair = Character.isSupplementaryCodePoint(point);
    if (Character.isSurrogate(c) && !pair) {
      point = 0xfffd;
    }
    multiByte(point);
    return pair ? index + 1 : index;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  private static boolean isPlain(char c) {
    return c < PLAIN.length && PLAIN[c];
  }

  private static boolean[] plain() {
    boolean[] plain = new boolean['~' + 1];
    Arrays.fill(plain, ' ', plain.length, true);
    plain['"'] = false;
    plain['\\'] = false;
    return plain;
  }

  /** RFC 3629 section 3. */
  private void multiByte(int point) {
    if (point < 0x800) {
      bytes[size++] = (byte) (0xc0 | (point >> 6));
    } else if (point < 0x10000) {
      bytes[size++] = (byte) (0xe0 | (point >> 12));
      bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
    } else {
      bytes[size++] = (byte) (0xf0 | (point >> 18));
      bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
    }
    bytes[size++] = (byte) (0x80 | (point & 0x3f));
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
