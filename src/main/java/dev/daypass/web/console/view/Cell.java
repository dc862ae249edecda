package dev.daypass.web.console.view;

import dev.daypass.web.page.view.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cell of a table: words, and a point in time after them. */
public record Cell(List<Part> parts, @Nullable Moment moment) {
  public Cell {
    parts = List.copyOf(parts);
  }

  public static Cell of(Part... parts) {
    return new Cell(List.of(parts), null);
  }

  public static Cell of(String text) {
    return of(Part.plain(text));
  }

  public static Cell of(Moment moment) {
    return new Cell(List.of(), moment);
  }
}
