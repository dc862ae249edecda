package dev.daypass.oidc.jose;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON object as RFC 8259 has it and as RFC 7493 (I-JSON) narrows it: strict UTF-8, no
 * name twice in an object, no unpaired surrogate, nothing after the end.
 *
 * <p>Values are {@code String}, {@code Boolean}, {@code Long} for a number written as an integer,
 * {@code Double} for any other, {@link JsonNull}, and unmodifiable lists and maps of these.
 */
public final class StrictJson {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_NUMBER_CHARS = 32;
  private static final int MAX_NAME_CHARS = 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxNameLength(MAX_NAME_CHARS)
                  .build())
          .build();

  private StrictJson() {}

  /**
   * Reads an object of at most 16 levels.
   *
   * @throws JoseFormatException if it is anything else
   */
  public static Map<String, Object> object(byte[] utf8) throws JoseFormatException {
    String text = decoded(utf8);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JoseFormatException("not a JSON object", 0);
      }
      Map<String, Object> object = members(parser);
      if (parser.nextToken() != null) {
        throw fault("something follows the JSON object", parser);
      }
      return object;
    } catch (JacksonException e) {
      // Jackson's own message quotes what it read.
      throw new JoseFormatException("not JSON within the limits", offset(e));
    }
  }

  private static String decoded(byte[] utf8) throws JoseFormatException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new JoseFormatException("not UTF-8", 0);
    }
  }

  private static Map<String, Object> members(JsonParser parser) throws JoseFormatException {
    Map<String, Object> members = new LinkedHashMap<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_OBJECT; t = parser.nextToken()) {
      String name = whole(parser.currentName(), parser);
      Object value = value(parser.nextToken(), parser);
      if (members.putIfAbsent(name, value) != null) {
        throw fault("a name stands twice in one object", parser);
      }
    }
    return Collections.unmodifiableMap(members);
  }

  private static List<Object> elements(JsonParser parser) throws JoseFormatException {
    List<Object> elements = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      elements.add(value(t, parser));
    }
    return Collections.unmodifiableList(elements);
  }

  private static Object value(@Nullable JsonToken token, JsonParser parser)
      throws JoseFormatException {
    return switch (token) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> whole(parser.getString(), parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> JsonNull.NULL;
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case null, default -> throw fault("not JSON", parser);
    };
  }

  private static Long integer(JsonParser parser) throws JoseFormatException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> throw fault("an integer beyond 64 bits", parser);
    };
  }

  private static Double decimal(JsonParser parser) throws JoseFormatException {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw fault("a number beyond double precision", parser);
    }
    return number;
  }

  /** RFC 7493 section 2.1: no unpaired surrogates, escaped or not. */
  private static String whole(@Nullable String text, JsonParser parser) throws JoseFormatException {
    if (text == null) {
      throw fault("not JSON", parser);
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isValidCodePoint(text.codePointAt(i)) || text.codePointAt(i) < 0x10000) {
          throw fault("an unpaired surrogate", parser);
        }
        i++;
      }
    }
    return text;
  }

  private static JoseFormatException fault(String message, JsonParser parser) {
    return new JoseFormatException(message, (int) parser.currentLocation().getCharOffset());
  }

  private static int offset(JacksonException e) {
    return e.getLocation() == null ? 0 : (int) Math.max(0, e.getLocation().getCharOffset());
  }
}
