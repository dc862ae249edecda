package dev.daypass.oidc;

import dev.daypass.oidc.jose.JsonNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of one token, read by type. A claim of another type than asked for, {@code null}
 * included, is never taken for an absent one (CASES 17 and 47).
 */
public final class Claims {
  private static final int MAX_ELEMENTS = 1_000;
  private static final int MAX_ELEMENT_CHARS = 256;

  /** 9999-12-31T23:59:59Z, the last second of RFC 3339. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private final Map<String, Object> members;
  private final TokenRefusal wrongType;

  private Claims(Map<String, Object> members, TokenRefusal wrongType) {
    this.members = members;
    this.wrongType = wrongType;
  }

  /** Claims that make the token itself good: a wrong type means that nobody is authenticated. */
  static Claims ofToken(Map<String, Object> members) {
    return new Claims(members, TokenRefusal.CLAIMS);
  }

  /** The same claims as those of an identity: a wrong type means that it is not admitted. */
  Claims ofIdentity() {
    return new Claims(members, TokenRefusal.CLAIM_INVALID);
  }

  /**
   * These claims and, where there is none of that name, those of another document of the same
   * provider.
   *
   * @param never names that only these claims may have
   */
  Claims completedBy(Map<String, Object> others, Set<String> never) {
    Map<String, Object> all = new LinkedHashMap<>(others);
    all.keySet().removeAll(never);
    all.putAll(members);
    return new Claims(all, wrongType);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** Whether the claim is there and is exactly that value. */
  boolean holds(String name, @Nullable Object value) {
    return value != null && value.equals(members.get(name));
  }

  Set<String> names() {
    return members.keySet();
  }

  /** Whether the claim is the JSON literal {@code true}; the string is not (CASES 48). */
  boolean isTrue(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  /** Whether the claim is the number 1 or the text {@code 1}. */
  boolean isOne(String name) {
    Object value = members.get(name);
    return Long.valueOf(1).equals(value) || "1".equals(value);
  }

  Optional<String> text(String name) throws ClaimException {
    Object value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text && !text.isEmpty()) {
      return Optional.of(text);
    }
    throw wrong(name, "is not a string with something in it");
  }

  /** A claim that must be there. */
  String requiredText(String name) throws ClaimException {
    return text(name).orElseThrow(() -> wrong(name, "is missing"));
  }

  /** An array of strings, none of them empty; one string alone is not taken for it. */
  List<String> texts(String name) throws ClaimException {
    Object value = members.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> elements) || elements.size() > MAX_ELEMENTS) {
      throw wrong(name, "is not an array of strings, or too long");
    }
    List<String> texts = new ArrayList<>(elements.size());
    for (Object element : elements) {
      if (!(element instanceof String text)
          || text.isEmpty()
          || text.length() > MAX_ELEMENT_CHARS) {
        throw wrong(name, "is not an array of strings, or one of them is empty or too long");
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /** The claim as a string or an array of strings ({@code aud}, RFC 7519 section 4.1.3). */
  List<String> textOrTexts(String name) throws ClaimException {
    return members.get(name) instanceof String ? List.of(requiredText(name)) : texts(name);
  }

  /**
   * A NumericDate written as an integer: RFC 7519 section 2 allows fractions, but no provider needs
   * them, and a float is where two readers begin to differ (CASES 47).
   */
  Optional<Instant> time(String name) throws ClaimException {
    Object value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Long seconds && seconds >= 0 && seconds <= LAST_SECOND) {
      return Optional.of(Instant.ofEpochSecond(seconds));
    }
    throw wrong(name, "is not a time in whole seconds");
  }

  /** Whether the claim is an object with that member. */
  boolean hasMember(String name, String member) {
    return members.get(name) instanceof Map<?, ?> object && object.containsKey(member);
  }

  /** What policy may see: all claims but those named, and no {@code null} anywhere. */
  Map<String, Object> without(Set<String> hidden) {
    Map<String, Object> seen = new LinkedHashMap<>();
    members.forEach((name, value) -> {
      if (!hidden.contains(name) && value != JsonNull.NULL) {
        seen.put(name, withoutNulls(value));
      }
    });
    return Map.copyOf(seen);
  }

  private static Object withoutNulls(Object value) {
    return switch (value) {
      case Map<?, ?> object -> {
        Map<String, Object> kept = new LinkedHashMap<>();
        object.forEach((name, member) -> {
          if (member != JsonNull.NULL) {
            kept.put((String) name, withoutNulls(member));
          }
        });
        yield Map.copyOf(kept);
      }
      case List<?> list ->
          list.stream().filter(e -> e != JsonNull.NULL).map(Claims::withoutNulls).toList();
      default -> value;
    };
  }

  /** Tells nothing of the claims. */
  @Override
  public String toString() {
    return "Claims[" + members.size() + "]";
  }

  private ClaimException wrong(String name, String fault) {
    return new ClaimException(wrongType, "The claim \"" + name + "\" " + fault + ".");
  }
}
