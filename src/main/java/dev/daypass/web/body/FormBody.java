package dev.daypass.web.body;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code application/x-www-form-urlencoded} (WHATWG URL section 5.1) strictly: every percent
 * sign is followed by two hex digits, names and values are UTF-8, a name that is no list stands
 * once.
 */
final class FormBody {
  private static final int MAX_MEMBERS = 256;

  private FormBody() {}

  static void read(byte[] body, RequestFields.Builder fields) throws BodyRefused {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    int start = 0;
    int members = 0;
    while (start < body.length) {
      int end = indexOf(body, '&', start, body.length);
      if (++members > MAX_MEMBERS) {
        throw malformed("it has too many members");
      }
      member(body, start, end, fields, lists);
      start = end + 1;
    }
    for (Map.Entry<String, List<String>> list : lists.entrySet()) {
      fields.texts(list.getKey(), list.getValue());
    }
  }

  private static void member(
      byte[] body,
      int start,
      int end,
      RequestFields.Builder fields,
      Map<String, List<String>> lists)
      throws BodyRefused {
    int equals = indexOf(body, '=', start, end);
    if (equals == end) {
      throw malformed("a member has no '='");
    }
    String name = fields.formName(decoded(body, start, equals));
    String value = decoded(body, equals + 1, end);
    switch (fields.kind(name)) {
      case TEXT -> fields.text(name, value);
      case TEXTS -> lists.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      case OBJECT -> throw BodyRefused.wrongType(name, RequestShape.Kind.OBJECT);
    }
  }

  private static String decoded(byte[] body, int start, int end) throws BodyRefused {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - start);
    for (int i = start; i < end; i++) {
      byte b = body[i];
      if (b == '%') {
        if (i + 2 >= end) {
          throw malformed("a percent sign without two hex digits");
        }
        bytes.write((hex(body[i + 1]) << 4) | hex(body[i + 2]));
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

  private static int indexOf(byte[] body, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] == wanted) {
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
