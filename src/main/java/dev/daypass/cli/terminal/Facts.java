package dev.daypass.cli.terminal;

import dev.daypass.config.yaml.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Labels and values to be printed in two aligned columns. */
public final class Facts {
  private record Fact(String label, String value) {}

  private final List<Fact> facts = new ArrayList<>();

  public Facts add(String label, String value) {
    facts.add(new Fact(label, Printable.escape(value)));
    return this;
  }

  /** Leaves the line out where there is no value. */
  public Facts add(String label, Optional<?> value) {
    value.ifPresent(v -> add(label, v.toString()));
    return this;
  }

  /** One value a line, the label on the first; {@code none} where there is none. */
  public Facts addAll(String label, Collection<?> values) {
    if (values.isEmpty()) {
      return add(label, "none");
    }
    String first = label;
    for (Object value : values) {
      add(first, value.toString());
      first = "";
    }
    return this;
  }

  /** Lines indented by two; the values begin in one column. */
  public List<String> lines() {
    int width = facts.stream().mapToInt(fact -> fact.label().length()).max().orElse(0);
    return facts.stream()
        .map(f -> ("  " + f.label() + " ".repeat(width - f.label().length() + 2) + f.value()))
        .map(String::stripTrailing)
        .toList();
  }
}
