package dev.daypass.config.yaml;

import dev.daypass.policy.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value of the file. Each reading of it that does not fit is a fault and answers empty. */
public final class YamlValue {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB)");
  private static final Pattern BLOCK_WHITESPACE = Pattern.compile("[\\n\\t]");

  private final Node node;
  private final String path;
  private final int line;
  private final Faults faults;

  YamlValue(Node node, String path, int line, Faults faults) {
    this.node = node;
    this.path = path;
    this.line = line;
    this.faults = faults;
  }

  /** The dotted path of the key whose value this is. */
  public String path() {
    return path;
  }

  public int line() {
    return line;
  }

  public boolean isText() {
    return node instanceof ScalarNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** One line of text without control or format characters; numbers count as text. */
  public Optional<String> text() {
    return scalar()
        .filter(text ->
            Printable.isPlain(text) || refuse("has a control or invisible character", "remove it"));
  }

  /** Text that may have line breaks and tabs, such as a condition. */
  public Optional<String> block() {
    return scalar()
        .filter(text ->
            Printable.isPlain(BLOCK_WHITESPACE.matcher(text).replaceAll(" "))
                || refuse("has a control or invisible character", "remove it"));
  }

  /** {@code true} or {@code false}, nothing else. */
  public Optional<Boolean> flag() {
    return text()
        .flatMap(text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> wrong(text, "true or false");
            });
  }

  /** A whole number between two bounds. */
  public Optional<Integer> number(int min, int max) {
    return text()
        .flatMap(text ->
            text.matches("[0-9]{1,9}")
                    && Integer.parseInt(text) >= min
                    && Integer.parseInt(text) <= max
                ? Optional.of(Integer.parseInt(text))
                : wrong(text, "a whole number from " + min + " to " + max));
  }

  /** A duration with its unit, between two bounds. */
  public Optional<Duration> duration(Duration min, Duration max) {
    return text()
        .flatMap(text -> {
          Optional<Duration> parsed = DurationText.parse(text);
          if (parsed.isEmpty() && text.matches("[0-9]+")) {
            fault("has no unit: " + Printable.quote(text), "write " + text + "s or " + text + "m");
            return Optional.empty();
          }
          String range = DurationText.format(min) + " to " + DurationText.format(max);
          return parsed
              .filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0)
              .or(() -> wrong(text, "a duration from " + range + ", such as 30m or 1h30m"));
        });
  }

  /** A size with its unit, in bytes. */
  public Optional<Integer> size(int min, int max) {
    return text()
        .flatMap(text -> {
          Matcher matcher = SIZE.matcher(text);
          if (!matcher.matches()) {
            return wrong(text, "a size with its unit, such as 64KiB");
          }
          long bytes =
              Long.parseLong(matcher.group(1))
                  * switch (matcher.group(2)) {
                    case "KiB" -> 1L << 10;
                    case "MiB" -> 1L << 20;
                    default -> 1L;
                  };
          return bytes >= min && bytes <= max
              ? Optional.of((int) bytes)
              : wrong(text, "between " + min + " and " + max + " bytes");
        });
  }

  /** One line of text in a form that a parser knows; the parser answers empty for any other. */
  public <T> Optional<T> parsed(String expected, Function<String, Optional<T>> parser) {
    return text().flatMap(text -> parser.apply(text).or(() -> wrong(text, expected)));
  }

  /** One of some words. */
  public Optional<String> oneOf(List<String> words) {
    return text()
        .flatMap(text -> {
          if (words.contains(text)) {
            return Optional.of(text);
          }
          String near = NearestWord.to(text, words).map(w -> "did you mean " + w + "? ").orElse("");
          fault(
              "is " + Printable.quote(text) + ", which is not known",
              near + "one of " + String.join(", ", words));
          return Optional.empty();
        });
  }

  /** The items of a list; a single value is no list. */
  public List<YamlValue> items() {
    if (!(node instanceof SequenceNode sequence)) {
      fault("is not a list", "write [a, b] or lines that start with -");
      return List.of();
    }
    List<YamlValue> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      String itemPath = path + "[" + items.size() + "]";
      faults.locate(itemPath, YamlMapping.lineOf(item));
      items.add(new YamlValue(item, itemPath, YamlMapping.lineOf(item), faults));
    }
    return items;
  }

  /** The texts of a list. */
  public List<String> texts() {
    return items().stream().map(YamlValue::text).flatMap(Optional::stream).toList();
  }

  public Optional<YamlMapping> mapping() {
    if (node instanceof MappingNode mapping) {
      return Optional.of(new YamlMapping(mapping, path, line, faults));
    }
    fault("is not a mapping", "write { key: value } or indented lines of key: value");
    return Optional.empty();
  }

  /** A mapping with these keys only. */
  public Optional<YamlMapping> mapping(List<String> keys) {
    return mapping().map(mapping -> mapping.allowing(keys));
  }

  public void fault(String message, String remedy) {
    faults.add(line, path, message, remedy);
  }

  private Optional<String> scalar() {
    if (!(node instanceof ScalarNode scalar)) {
      fault("is not a single value", "write key: value");
      return Optional.empty();
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      fault("has no value", "give it one, or remove the key");
      return Optional.empty();
    }
    return Optional.of(scalar.getValue());
  }

  private <T> Optional<T> wrong(String text, String expected) {
    fault("is " + Printable.quote(text), "expected " + expected);
    return Optional.empty();
  }

  private boolean refuse(String message, String remedy) {
    fault(message, remedy);
    return false;
  }
}
