package dev.daypass.ledger.json;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An object whose members are held in the order of RFC 8785, section 3.2.3: by the UTF-16 code
 * units of their names, which is the natural order of Java strings.
 */
public record JsonObject(SortedMap<String, JsonValue> members) implements JsonValue {
  /** The object without members. */
  public static final JsonObject EMPTY = builder().build();

  public JsonObject(SortedMap<String, JsonValue> members) {
    // Each name must have a UTF-8 form, as a text must; putAll takes what is sorted as it stands.
    members.keySet().forEach(JsonText::new);
    SortedMap<String, JsonValue> copy = new TreeMap<>();
    copy.putAll(members);
    this.members = Collections.unmodifiableSortedMap(copy);
  }

  /** An object of string members, for maps such as labels. */
  public static JsonObject ofTexts(Map<String, String> texts) {
    Builder builder = builder();
    texts.forEach(builder::put);
    return builder.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with the members of this object. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.members.putAll(members); // takes what is sorted as it stands
    return builder;
  }

  public Optional<JsonValue> value(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** The member's string, empty when it is absent or of another type. */
  public Optional<String> text(String name) {
    return members.get(name) instanceof JsonText(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The member's integer, empty when it is absent or of another type. */
  public Optional<Long> integer(String name) {
    return members.get(name) instanceof JsonInteger(long integer)
        ? Optional.of(integer)
        : Optional.empty();
  }

  /** The member's object, empty when it is absent or of another type. */
  public Optional<JsonObject> object(String name) {
    return members.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  /** The strings of the member's array; none where it is absent or of another type. */
  public List<String> texts(String name) {
    return members.get(name) instanceof JsonArray(List<JsonValue> values)
        ? values.stream()
            .flatMap(
                value -> value instanceof JsonText(String text) ? Stream.of(text) : Stream.empty())
            .toList()
        : List.of();
  }

  /** Collects members; a name given twice is a mistake of the caller. Not for sharing. */
  public static final class Builder {
    private final SortedMap<String, JsonValue> members = new TreeMap<>();

    private Builder() {}

    public Builder put(String name, JsonValue value) {
      if (members.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("member given twice: " + name);
      }
      return this;
    }

    public Builder put(String name, String value) {
      return put(name, new JsonText(value));
    }

    public Builder put(String name, long value) {
      return put(name, new JsonInteger(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, new JsonBoolean(value));
    }

    /** Leaves the member out when there is no value. */
    public Builder put(String name, Optional<String> value) {
      value.ifPresent(text -> put(name, text));
      return this;
    }

    public JsonObject build() {
      return new JsonObject(members);
    }
  }
}
