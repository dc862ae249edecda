package dev.daypass.identity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies claims into immutable JSON values (RFC 8259): String, Boolean, Long, Double, List and Map.
 * A null is left out, so that "absent" has one form.
 */
final class ClaimValues {

  private static final int MAX_DEPTH = 32;

  private ClaimValues() {}

  static Map<String, Object> copy(Map<?, ?> claims) {
    return copyMap(claims, 0);
  }

  private static Map<String, Object> copyMap(Map<?, ?> map, int depth) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((name, value) -> {
      if (value != null) {
        copy.put(String.valueOf(name), copyValue(value, depth + 1));
      }
    });
    return Collections.unmodifiableMap(copy);
  }

  private static List<Object> copyList(Collection<?> list, int depth) {
    List<Object> copy = new ArrayList<>(list.size());
    for (@Nullable Object value : list) {
      if (value != null) {
        copy.add(copyValue(value, depth + 1));
      }
    }
    return Collections.unmodifiableList(copy);
  }

  private static Object copyValue(Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("claims nested deeper than " + MAX_DEPTH);
    }
    return switch (value) {
      case String text -> text;
      case Boolean bool -> bool;
      case Number number -> copyNumber(number);
      case Map<?, ?> map -> copyMap(map, depth);
      case Collection<?> list -> copyList(list, depth);
      default ->
          throw new IllegalArgumentException("not a JSON value: " + value.getClass().getName());
    };
  }

  private static Object copyNumber(Number number) {
    return switch (number) {
      case BigInteger big -> big.bitLength() < Long.SIZE ? big.longValue() : big.doubleValue();
      case BigDecimal big -> big.doubleValue();
      case Double real -> real;
      case Float real -> real.doubleValue();
      default -> number.longValue();
    };
  }
}
