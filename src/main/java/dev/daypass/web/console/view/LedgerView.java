package dev.daypass.web.console.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of the ledger.
 *
 * @param warnings of what ends soon
 * @param alert what of the filters is not understood
 * @param days the entries found, the newest first
 * @param empty what would stand here
 * @param older where the next page is
 * @param follow where the page renews itself, or stops doing so
 */
public record LedgerView(
    Desk desk,
    List<String> warnings,
    Filters filters,
    @Nullable String alert,
    List<Day> days,
    String empty,
    @Nullable String newest,
    @Nullable String older,
    Follow follow) {
  public LedgerView {
    warnings = List.copyOf(warnings);
    days = List.copyOf(days);
  }

  /** The entries of one day. */
  public record Day(String name, List<Line> lines) {
    public Day {
      lines = List.copyOf(lines);
    }
  }

  /**
   * The form of the filters.
   *
   * @param active whether anything is asked
   */
  public record Filters(List<Field> fields, List<Kind> kinds, boolean active) {
    public Filters {
      fields = List.copyOf(fields);
      kinds = List.copyOf(kinds);
    }
  }

  /**
   * One field.
   *
   * @param type of its input
   */
  public record Field(String name, String label, String type, String value, String hint) {}

  /** One kind of entry, to be chosen. */
  public record Kind(String name, String words, boolean chosen) {}

  /** Following the ledger's end. */
  public record Follow(boolean on, String href, String refresh) {}
}
