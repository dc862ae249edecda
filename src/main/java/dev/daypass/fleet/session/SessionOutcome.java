package dev.daypass.fleet.session;

import dev.daypass.tlog.EntryNumber;
import java.util.Set;

/** What became of a report. */
public sealed interface SessionOutcome {
  /**
   * It is in the ledger.
   *
   * @param first whether it is by this very report
   * @param alarms what it raised, now or when it came first
   */
  record Recorded(EntryNumber entry, boolean first, Set<SessionAlarm> alarms)
      implements SessionOutcome {
    public Recorded {
      alarms = Set.copyOf(alarms);
    }
  }

  /** The server has reported too much in this hour. */
  record TooMany() implements SessionOutcome {}

  /** The same report is being written down, or the ledger takes nothing now. */
  record Unavailable() implements SessionOutcome {}
}
