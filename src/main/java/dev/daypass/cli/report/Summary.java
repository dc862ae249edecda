package dev.daypass.cli.report;

import dev.daypass.ledger.read.ReadEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a page says of the tables: how many rows, the first of them, and grants by role. */
final class Summary {
  /** As many rows of a table as the page shows. */
  static final int SHOWN = 30;

  private final Map<Table, Long> counts = new EnumMap<>(Table.class);
  private final Map<Table, List<List<String>>> first = new EnumMap<>(Table.class);
  private final Map<String, OfRole> roles = new TreeMap<>();

  /** Grants of one role. */
  static final class OfRole {
    private final Set<String> people = new HashSet<>();
    private long grants;
    private long unused;
    private Duration longest = Duration.ZERO;

    long people() {
      return people.size();
    }

    long grants() {
      return grants;
    }

    long unused() {
      return unused;
    }

    Duration longest() {
      return longest;
    }
  }

  void add(Table table, Row row) {
    counts.merge(table, 1L, Long::sum);
    List<List<String>> rows = first.computeIfAbsent(table, _ -> new ArrayList<>());
    if (rows.size() < SHOWN) {
      rows.add(row.fields(table));
    }
  }

  void granted(Row row, Instant now) {
    ReadEntry entry = row.entry();
    OfRole role = roles.computeIfAbsent(entry.role().orElse("(erased)"), _ -> new OfRole());
    role.grants++;
    role.unused += row.isUnused(now) ? 1 : 0;
    entry.person().ifPresent(role.people::add);
    Optional<Duration> lifetime = row.lifetime();
    if (lifetime.isPresent() && lifetime.get().compareTo(role.longest) > 0) {
      role.longest = lifetime.get();
    }
  }

  long count(Table table) {
    return counts.getOrDefault(table, 0L);
  }

  /** The first rows of a table, in the order of its file. */
  List<List<String>> rows(Table table) {
    return first.getOrDefault(table, List.of());
  }

  Map<String, OfRole> roles() {
    return roles;
  }
}
