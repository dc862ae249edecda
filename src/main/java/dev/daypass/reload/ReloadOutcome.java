package dev.daypass.reload;

import java.util.List;

/** What became of a reload. */
public sealed interface ReloadOutcome {
  /** What was read is in force; a line for each difference, none if there was none. */
  record Done(List<String> differences) implements ReloadOutcome {
    public Done {
      differences = List.copyOf(differences);
    }
  }

  /** Nothing has changed: each problem of the files. */
  record Refused(List<String> problems) implements ReloadOutcome {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** The files are good and cannot be written into the ledger now; it is worth another try. */
  record Unavailable(String why) implements ReloadOutcome {}
}
