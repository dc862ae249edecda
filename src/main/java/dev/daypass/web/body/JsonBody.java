package dev.daypass.web.body;

import dev.daypass.web.body.RequestShape.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON body straight into fields, without a tree. RFC 8259 exactly: one object, UTF-8, no
 * name twice, nothing after it; depth 16 (RELIABILITY, hardening checklist).
 */
final class JsonBody {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_NAME = 256;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(64)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonBody() {}

  static void read(byte[] body, RequestFields.Builder fields) throws BodyRefused {
    String text = utf8(body);
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BodyRefused(
            "invalid_json", "The body must be one JSON object.", "Send an object.");
      }
      object(json, "", fields);
      if (json.nextToken() != null) {
        throw new BodyRefused(
            "invalid_json", "Something follows the JSON object.", "Send one object.");
      }
    } catch (StreamConstraintsException e) {
      throw new BodyRefused(
          "json_limit",
          "The JSON is nested deeper than 16 or has a name that is too long.",
          "Send what /openapi.yaml describes.");
    } catch (JacksonException e) {
      throw refused(e);
    }
  }

  private static void object(JsonParser json, String prefix, RequestFields.Builder fields)
      throws BodyRefused {
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.indexOf('.') >= 0) {
        throw BodyRefused.unknown(name); // the dotted form is the form encoding's alone
      }
      String whole = prefix + name;
      Kind kind = fields.kind(whole);
      JsonToken value = json.nextToken();
      switch (kind) {
        case TEXT -> fields.text(whole, text(json, value, whole, kind));
        case TEXTS -> fields.texts(whole, texts(json, value, whole));
        case OBJECT -> {
          require(value == JsonToken.START_OBJECT, whole, kind);
          object(json, whole + ".", fields);
        }
      }
    }
  }

  private static String text(JsonParser json, JsonToken value, String name, Kind kind)
      throws BodyRefused {
    require(value == JsonToken.VALUE_STRING, name, kind);
    return json.getString();
  }

  private static List<String> texts(JsonParser json, JsonToken value, String name)
      throws BodyRefused {
    require(value == JsonToken.START_ARRAY, name, Kind.TEXTS);
    List<String> values = new ArrayList<>(4);
    for (JsonToken each = json.nextToken(); each != JsonToken.END_ARRAY; each = json.nextToken()) {
      values.add(text(json, each, name, Kind.TEXTS));
    }
    return values;
  }

  private static void require(boolean right, String name, Kind kind) throws BodyRefused {
    if (!right) {
      throw BodyRefused.wrongType(name, kind);
    }
  }

  /** Jackson reads overlong and surrogate bytes as characters, and detects UTF-16 by itself. */
  private static String utf8(byte[] body) throws BodyRefused {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (!text.startsWith("\ufeff")) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // said below
    }
    throw new BodyRefused(
        "invalid_json", "The body is not UTF-8 without a byte order mark.", "Send UTF-8.");
  }

  private static BodyRefused refused(JacksonException e) {
    String message = e.getOriginalMessage();
    if (message != null && message.startsWith("Duplicate Object property")) {
      return new BodyRefused(
          "duplicate_member", "A name is there twice in one object.", "Send each name once.");
    }
    return new BodyRefused("invalid_json", "The body is not JSON.", "Send RFC 8259 JSON in UTF-8.");
  }
}
