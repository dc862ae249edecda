package dev.daypass.policy.host;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One label of a server, as {@code env=prod}: neither part holds a space or an equals sign. */
public record Label(String name, String value) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  public Label {
    if (!isName(name) || !isValue(value)) {
      throw new IllegalArgumentException("not a label");
    }
  }

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  public static boolean isValue(String text) {
    return VALUE.matcher(text).matches();
  }

  /** Reads {@code name=value}. */
  public static Optional<Label> parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      return Optional.empty();
    }
    String name = text.substring(0, equals);
    String value = text.substring(equals + 1);
    return isName(name) && isValue(value) ? Optional.of(new Label(name, value)) : Optional.empty();
  }

  /** Reads labels of one server; empty if one is none, or a name stands twice. */
  public static Optional<SortedMap<String, String>> parseAll(List<String> texts) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (String text : texts) {
      Optional<Label> label = parse(text);
      if (label.isEmpty() || labels.put(label.get().name(), label.get().value()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(Collections.unmodifiableSortedMap(labels));
  }

  /** The labels as {@code name=value}, sorted by name. */
  public static List<String> texts(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream().map(label -> label.getKey() + "=" + label.getValue()).toList();
  }
}
