package dev.daypass.reload;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.ledger.LedgerUnavailable;
import java.util.List;
import java.util.Optional;

/** Something that is made of files and can be made anew while the daemon runs. */
public interface Reloadable {
  /** Reads and checks the files, and changes nothing; empty if they say what they said. */
  Optional<Change> read() throws ConfigInvalid;

  /** What was read, good in itself. */
  interface Change {
    /**
     * Writes it into the ledger and puts it in force.
     *
     * @param by who or what asked for it
     * @return a line for each difference
     */
    List<String> putInForce(String by) throws LedgerUnavailable;
  }
}
