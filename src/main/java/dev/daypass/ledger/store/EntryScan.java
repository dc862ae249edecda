package dev.daypass.ledger.store;

import java.util.List;
import java.util.Locale;

/**
 * A look through the details themselves, for what no column has.
 *
 * @param parts what must stand in them, whatever its case
 * @param since the lowest number that is looked at
 * @param before only entries with a smaller number
 * @param limit how many at most; newest first
 */
public record EntryScan(List<String> parts, long since, long before, int limit) {
  public EntryScan {
    parts = parts.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
  }
}
