package dev.daypass.web.body;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of one request, each known to the route and of its type. */
public final class RequestFields {
  private final Map<String, String> texts;
  private final Map<String, List<String>> lists;

  private RequestFields(Map<String, String> texts, Map<String, List<String>> lists) {
    this.texts = texts;
    this.lists = lists;
  }

  /**
   * Reads a body of the given media type.
   *
   * @param contentType as sent; parameters other than {@code charset=utf-8} are refused
   */
  public static RequestFields read(RequestShape shape, MediaType contentType, byte[] body)
      throws BodyRefused {
    Builder fields = new Builder(shape);
    switch (contentType) {
      case JSON -> JsonBody.read(body, fields);
      case FORM -> FormBody.read(body, fields);
    }
    return new RequestFields(fields.texts, fields.lists);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  public String required(String name) throws BodyRefused {
    String value = texts.get(name);
    if (value == null) {
      throw BodyRefused.missing(name);
    }
    return value;
  }

  /** The list; one that was sent empty is present. */
  public Optional<List<String>> texts(String name) {
    return Optional.ofNullable(lists.get(name));
  }

  /** What a request body may be. */
  public enum MediaType {
    JSON,
    FORM;

    /** Parses a Content-Type header; only UTF-8 is spoken (RFC 8259 section 8.1). */
    public static Optional<MediaType> parse(String header) {
      int semicolon = header.indexOf(';');
      String type = semicolon < 0 ? header : header.substring(0, semicolon);
      if (semicolon >= 0
          && !header.substring(semicolon + 1).strip().equalsIgnoreCase("charset=utf-8")) {
        return Optional.empty();
      }
      String bare = type.strip();
      if (bare.equalsIgnoreCase("application/json")) {
        return Optional.of(JSON);
      }
      return bare.equalsIgnoreCase("application/x-www-form-urlencoded")
          ? Optional.of(FORM)
          : Optional.empty();
    }
  }

  /** Collects what a reader finds and refuses what the shape does not hold. */
  static final class Builder {
    private final RequestShape shape;
    private final Map<String, String> texts = new HashMap<>(8);
    private final Map<String, List<String>> lists = new HashMap<>(4);

    Builder(RequestShape shape) {
      this.shape = shape;
    }

    String formName(String name) throws BodyRefused {
      return shape.formName(name);
    }

    RequestShape.Kind kind(String name) throws BodyRefused {
      return shape.kind(name);
    }

    void text(String name, String value) throws BodyRefused {
      if (texts.put(name, wellFormed(name, value)) != null) {
        throw BodyRefused.twice(name);
      }
    }

    void texts(String name, List<String> values) throws BodyRefused {
      for (String value : values) {
        wellFormed(name, value);
      }
      if (lists.put(name, List.copyOf(values)) != null) {
        throw BodyRefused.twice(name);
      }
    }

    /** A lone surrogate has no UTF-8 form: it would be silently changed later (CASES 11). */
    private static String wellFormed(String name, String value) throws BodyRefused {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        boolean alone =
            Character.isHighSurrogate(c)
                ? i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))
                : Character.isLowSurrogate(c)
                    && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
        if (alone) {
          throw BodyRefused.notText(name);
        }
      }
      return value;
    }
  }
}
