package dev.daypass.reload;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.file.ConfigProblem;
import dev.daypass.ledger.LedgerUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads everything again that can be, and puts all of it in force or nothing. */
public final class Reload {
  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  private final List<Reloadable> parts;
  private final BooleanSupplier open;

  /**
   * @param open whether the first entries of this start are written, which come before others
   */
  public Reload(List<Reloadable> parts, BooleanSupplier open) {
    this.parts = List.copyOf(parts);
    this.open = open;
  }

  /**
   * Reloads.
   *
   * @param by who or what asked for it; it stands in the ledger
   */
  public synchronized ReloadOutcome run(String by) {
    if (!open.getAsBoolean()) {
      return new ReloadOutcome.Unavailable("the first entries of this start are not written yet");
    }
    List<Reloadable.Change> changes = new ArrayList<>();
    List<ConfigProblem> problems = new ArrayList<>();
    for (Reloadable part : parts) {
      try {
        part.read().ifPresent(changes::add);
      } catch (ConfigInvalid e) {
        problems.addAll(e.problems());
      }
    }
    return problems.isEmpty() ? putInForce(changes, by) : refused(problems, by);
  }

  private static ReloadOutcome putInForce(List<Reloadable.Change> changes, String by) {
    List<String> differences = new ArrayList<>();
    try {
      for (Reloadable.Change change : changes) {
        differences.addAll(change.putInForce(by));
      }
    } catch (LedgerUnavailable e) {
      LOG.warn("what was read again waits for the ledger: {}", e.getMessage());
      return new ReloadOutcome.Unavailable(String.valueOf(e.getMessage()));
    }
    differences.forEach(difference -> LOG.info("reloaded by {}: {}", by, difference));
    return new ReloadOutcome.Done(differences);
  }

  private static ReloadOutcome refused(List<ConfigProblem> problems, String by) {
    List<String> lines = problems.stream().map(Reload::line).toList();
    LOG.error("not reloaded by {}, what was in force stays; problems: {}", by, lines.size());
    lines.forEach(line -> LOG.error("{}", line));
    return new ReloadOutcome.Refused(lines);
  }

  private static String line(ConfigProblem problem) {
    String key = problem.key().isEmpty() ? "" : problem.key() + ": ";
    return "%s:%d: %s%s; %s"
        .formatted(problem.file(), problem.line(), key, problem.message(), problem.remedy());
  }
}
