package dev.daypass.ledger.json;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A recursive descent reader of the subset. It need not refuse every non-canonical spelling, only
 * read no value wrongly: {@link CanonicalJson} compares the bytes afterwards.
 */
final class JsonReader {
  /** RELIABILITY, hardening checklist: JSON depth 16. */
  private static final int MAX_DEPTH = 16;

  private final String text;
  private int at;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  JsonValue read() throws JsonFormatException {
    JsonValue value = value();
    if (at != text.length()) {
      throw problem("bytes after the value");
    }
    return value;
  }

  private JsonValue value() throws JsonFormatException {
    return switch (peek()) {
      case '{' -> nested(this::object);
      case '[' -> nested(this::array);
      case '"' -> new JsonText(string());
      case 't' -> literal("true", new JsonBoolean(true));
      case 'f' -> literal("false", new JsonBoolean(false));
      default -> integer();
    };
  }

  private JsonValue nested(Rule rule) throws JsonFormatException {
    if (++depth > MAX_DEPTH) {
      throw problem("nested too deeply");
    }
    at++;
    JsonValue value = rule.read();
    depth--;
    return value;
  }

  private JsonObject object() throws JsonFormatException {
    SortedMap<String, JsonValue> members = new TreeMap<>();
    if (!skip('}')) {
      do {
        String name = string();
        expect(':');
        if (members.put(name, value()) != null) {
          throw problem("member twice");
        }
      } while (skip(','));
      expect('}');
    }
    return new JsonObject(members);
  }

  private JsonArray array() throws JsonFormatException {
    List<JsonValue> values = new ArrayList<>();
    if (!skip(']')) {
      do {
        values.add(value());
      } while (skip(','));
      expect(']');
    }
    return new JsonArray(values);
  }

  private String string() throws JsonFormatException {
    expect('"');
    int end = plainEnd();
    String plain = text.substring(at, end);
    at = end;
    if (skip('"')) {
      return plain;
    }
    StringBuilder out = new StringBuilder(plain);
    while (!skip('"')) {
      char unit = peek();
      at++;
      if (unit < 0x20) {
        throw problem("raw control character");
      }
      out.append(unit == '\\' ? escaped() : unit);
    }
    // The decoder made this of valid UTF-8, so a lone surrogate can only come from an escape, and
    // escaped() makes none.
    return out.toString();
  }

  /** Where the first character stands that is not itself. */
  private int plainEnd() {
    int end = at;
    while (end < text.length()) {
      char unit = text.charAt(end);
      if (unit == '"' || unit == '\\' || unit < 0x20) {
        break;
      }
      end++;
    }
    return end;
  }

  private char escaped() throws JsonFormatException {
    char letter = peek();
    at++;
    return switch (letter) {
      case '"', '\\' -> letter;
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      case 'u' -> controlCharacter();
      default -> throw problem("unknown escape");
    };
  }

  /** The canonical form escapes only control characters by number. */
  private char controlCharacter() throws JsonFormatException {
    expect('0');
    expect('0');
    int high = Character.digit(peek(), 16);
    at++;
    int low = Character.digit(peek(), 16);
    at++;
    if (high < 0 || high > 1 || low < 0) {
      throw problem("escape of what needs none");
    }
    return (char) (high << 4 | low);
  }

  private JsonInteger integer() throws JsonFormatException {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    try {
      return new JsonInteger(Long.parseLong(text, start, at, 10));
    } catch (IllegalArgumentException _) {
      throw problem("no value that the ledger uses");
    }
  }

  private JsonValue literal(String word, JsonValue value) throws JsonFormatException {
    if (!text.startsWith(word, at)) {
      throw problem("no value that the ledger uses");
    }
    at += word.length();
    return value;
  }

  private char peek() throws JsonFormatException {
    if (at >= text.length()) {
      throw problem("ends too early");
    }
    return text.charAt(at);
  }

  private boolean skip(char expected) throws JsonFormatException {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char expected) throws JsonFormatException {
    if (!skip(expected)) {
      throw problem("expected '" + expected + "'");
    }
  }

  private JsonFormatException problem(String what) {
    return new JsonFormatException(what, at);
  }

  @FunctionalInterface
  private interface Rule {
    JsonValue read() throws JsonFormatException;
  }
}
