package dev.daypass.web.body;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The names and values of {@code application/x-www-form-urlencoded} (WHATWG URL section 5.1), read
 * strictly: every percent sign is followed by two hex digits, names and values are UTF-8.
 */
public final class FormPairs {
  private static final int MAX_MEMBERS = 256;

  private FormPairs() {}

  /** One name and its value, decoded. */
  public record Pair(String name, String value) {}

  /** The pairs in the order sent. */
  public static List<Pair> read(byte[] text) throws BodyRefused {
    List<Pair> pairs = new ArrayList<>();
    int start = 0;
    while (start < text.length) {
      int end = indexOf(text, '&', start, text.length);
      if (pairs.size() == MAX_MEMBERS) {
        throw malformed("it has too many members");
      }
      pairs.add(pair(text, start, end));
      start = end + 1;
    }
    return pairs;
  }

  private static Pair pair(byte[] text, int start, int end) throws BodyRefused {
    int equals = indexOf(text, '=', start, end);
    if (equals == end) {
      throw malformed("a member has no '='");
    }
    return new Pair(decoded(text, start, equals), decoded(text, equals + 1, end));
  }

  private static String decoded(byte[] text, int start, int end) throws BodyRefused {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - start);
    for (int i = start; i < end; i++) {
      byte b = text[i];
      if (b == '%') {
        if (i + 2 >= end) {
          throw malformed("a percent sign without two hex digits");
        }
        bytes.write((hex(text[i + 1]) << 4) | hex(text[i + 2]));
        i += 2;
      } else {
        bytes.write(b == '+' ? ' ' : b);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("it is not UTF-8");
    }
  }

  private static int hex(byte digit) throws BodyRefused {
    int value = digit < 0 ? -1 : Character.digit(digit, 16);
    if (value < 0) {
      throw malformed("a percent sign without two hex digits");
    }
    return value;
  }

  private static int indexOf(byte[] text, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return to;
  }

  private static BodyRefused malformed(String why) {
    return new BodyRefused(
        "invalid_form",
        "The form cannot be read: " + why + ".",
        "Encode it with curl's --data-urlencode.");
  }
}
