package dev.daypass.web.console.chart;

import dev.daypass.web.console.view.Part;
import dev.daypass.web.console.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/** Where bars and columns stand, in the units of the templates' drawings. */
public final class Drawing {
  private static final double WIDTH = 720;
  private static final double HEIGHT = 90;

  /** Of a column's place, how much the column fills. */
  private static final double FILLED = 0.72;

  private Drawing() {}

  /** One bar for each name. */
  public static Section.Bars bars(
      String heading,
      String label,
      String unit,
      SequencedMap<String, Long> values,
      Function<String, Part> named,
      String empty) {
    long most = values.values().stream().mapToLong(Long::longValue).max().orElse(1);
    return new Section.Bars(
        heading,
        label,
        unit,
        values.entrySet().stream()
            .map(each ->
                new Section.Bar(
                    named.apply(each.getKey()),
                    said(each.getValue()),
                    (int) Math.max(1, each.getValue() * 100 / Math.max(1, most))))
            .toList(),
        empty);
  }

  /**
   * One column for each stretch of time.
   *
   * @param values by what each is called
   * @param tick what stands below the column of that index; empty for nothing
   */
  public static Section.Columns columns(
      String heading,
      String label,
      String unit,
      List<Map.Entry<String, Long>> values,
      Function<Integer, String> tick) {
    long most = values.stream().mapToLong(Map.Entry::getValue).max().orElse(0);
    double place = WIDTH / Math.max(1, values.size());
    List<Section.Column> columns = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      long value = values.get(i).getValue();
      double height = most == 0 ? 0 : rounded(HEIGHT * value / most);
      columns.add(
          new Section.Column(
              values.get(i).getKey(),
              tick.apply(i),
              value,
              rounded(i * place + place * (1 - FILLED) / 2),
              rounded(place * FILLED),
              value > 0 ? Math.max(1.5, height) : 0));
    }
    return new Section.Columns(heading, label, unit, columns, said(most));
  }

  static String said(long number) {
    return "%,d".formatted(number);
  }

  private static double rounded(double units) {
    return Math.round(units * 100) / 100.0;
  }
}
