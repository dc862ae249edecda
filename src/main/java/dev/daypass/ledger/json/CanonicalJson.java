package dev.daypass.ledger.json;

import dev.daypass.ssh.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The canonical encoding of RFC 8785 for the ledger's subset of JSON.
 *
 * <p>Decoding accepts exactly what encoding writes: the bytes read are encoded again and compared,
 * so that no value has two forms and nothing that a person reads differs from what was hashed.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  public static Bytes encode(JsonValue value) {
    StringBuilder out = new StringBuilder(256);
    write(value, out);
    return Bytes.ofUtf8(out.toString());
  }

  /**
   * Reads one value and nothing after it.
   *
   * @throws JsonFormatException if the bytes are not the canonical form of a value
   */
  public static JsonValue decode(Bytes encoded) throws JsonFormatException {
    String text;
    try {
      ByteBuffer bytes = ByteBuffer.wrap(encoded.toArray());
      text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      throw new JsonFormatException("not UTF-8", 0);
    }
    JsonValue value = new JsonReader(text).read();
    if (!encode(value).equals(encoded)) {
      throw new JsonFormatException("not canonical", 0);
    }
    return value;
  }

  /**
   * Reads one object and nothing after it.
   *
   * @throws JsonFormatException if the bytes are not the canonical form of an object
   */
  public static JsonObject decodeObject(Bytes encoded) throws JsonFormatException {
    if (decode(encoded) instanceof JsonObject object) {
      return object;
    }
    throw new JsonFormatException("not an object", 0);
  }

  private static void write(JsonValue value, StringBuilder out) {
    switch (value) {
      case JsonObject(var members) -> {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
          out.append(separator);
          writeText(member.getKey(), out);
          out.append(':');
          write(member.getValue(), out);
          separator = ",";
        }
        out.append('}');
      }
      case JsonArray(var values) -> {
        out.append('[');
        String separator = "";
        for (JsonValue element : values) {
          out.append(separator);
          write(element, out);
          separator = ",";
        }
        out.append(']');
      }
      case JsonText(String text) -> writeText(text, out);
      case JsonInteger(long integer) -> out.append(integer);
      case JsonBoolean(boolean truth) -> out.append(truth);
    }
  }

  /** RFC 8785, section 3.2.2.2: the two-character escapes first, then lower-case hex. */
  private static void writeText(String text, StringBuilder out) {
    out.append('"');
    if (needsNoEscape(text)) {
      out.append(text);
    } else {
      writeEscaped(text, out);
    }
    out.append('"');
  }

  private static boolean needsNoEscape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x20 || unit == '"' || unit == '\\') {
        return false;
      }
    }
    return true;
  }

  private static void writeEscaped(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (unit < 0x20) {
            out.append("\\u00").append(Character.forDigit(unit >> 4, 16));
            out.append(Character.forDigit(unit & 0xf, 16));
          } else {
            out.append(unit);
          }
        }
      }
    }
  }
}
