package dev.daypass.web.console.view;

import dev.daypass.web.page.view.Moment;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A part of a page. Headings are told apart on one page, since they name what is below them. */
public sealed interface Section {
  String heading();

  /** What the heading is referred to by. */
  default String id() {
    return heading().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** Whether another such section may stand beside it. */
  default boolean half() {
    return switch (this) {
      case Facts _, Steps _, Columns _, Words _ -> true;
      case Table _, Story _, Original _, Question _, Bars _ -> false;
    };
  }

  /** What it is, and what it says. */
  record Facts(String heading, List<Fact> facts) implements Section {
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  /**
   * One fact.
   *
   * @param note what explains it, smaller
   */
  record Fact(String label, List<Part> parts, @Nullable Moment moment, @Nullable String note) {
    public Fact {
      parts = List.copyOf(parts);
    }

    public static Fact of(String label, Part... parts) {
      return new Fact(label, List.of(parts), null, null);
    }

    public static Fact at(String label, Moment moment) {
      return new Fact(label, List.of(), moment, null);
    }

    public Fact noted(String words) {
      return new Fact(label, parts, moment, words);
    }
  }

  /**
   * Rows of cells, the first of which names its row.
   *
   * @param empty what would fill it
   * @param more where there is more of it
   */
  record Table(
      String heading,
      List<String> columns,
      List<List<Cell>> rows,
      String empty,
      @Nullable Part more)
      implements Section {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /** What was checked, step by step. */
  record Steps(String heading, List<Step> steps) implements Section {
    public Steps {
      steps = List.copyOf(steps);
    }
  }

  /** One step: whether it passed, and what that means. */
  record Step(boolean passed, String words) {}

  /** Entries that belong together, the oldest first. */
  record Story(String heading, List<Line> lines, String empty) implements Section {
    public Story {
      lines = List.copyOf(lines);
    }
  }

  /** A text as it is, which few want to see. */
  record Original(String heading, String text) implements Section {}

  /** A sentence or two. */
  record Words(String heading, List<Part> parts) implements Section {
    public Words {
      parts = List.copyOf(parts);
    }
  }

  /** Something to decide. */
  record Question(
      String heading, String words, String action, String csrf, String button, boolean alarming)
      implements Section {
    @Override
    public String toString() {
      return "Question: " + heading;
    }
  }

  /** Bars beside the words that they measure. */
  record Bars(String heading, String label, String unit, List<Bar> bars, String empty)
      implements Section {
    public Bars {
      bars = List.copyOf(bars);
    }
  }

  /**
   * One bar.
   *
   * @param value as it is said
   * @param percent of the longest
   */
  record Bar(Part label, String value, int percent) {}

  /** Columns side by side, one for each stretch of time. */
  record Columns(String heading, String label, String unit, List<Column> columns, String highest)
      implements Section {
    public Columns {
      columns = List.copyOf(columns);
    }
  }

  /**
   * One column, as it is drawn.
   *
   * @param tick what stands below it; empty below most
   */
  record Column(String label, String tick, long value, double x, double width, double height) {}
}
