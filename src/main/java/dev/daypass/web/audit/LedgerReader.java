package dev.daypass.web.audit;

import dev.daypass.identity.Identity;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.EntryPage;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.tlog.EntryNumber;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The ledger with its details, for auditors. The root implements it. */
public interface LedgerReader {
  EntryPage page(EntryFilter filter, Optional<EntryNumber> before, int limit) throws IOException;

  Optional<ReadEntry> entry(EntryNumber number) throws IOException;

  /** Entries that name this one, the newest first: what became of a certificate. */
  List<ReadEntry> about(EntryNumber number, int limit) throws IOException;

  /** The entry's {@code tlog-proof@v1} under the newest checkpoint, if one is signed. */
  Optional<String> proof(EntryNumber number) throws IOException;

  /**
   * Writes down who takes what away, and answers what that is; empty if it cannot be written down
   * now.
   *
   * @param how the format, as the entry tells it
   */
  Optional<Export> export(EntryFilter filter, Identity who, String how);

  /** What is taken away: the same whenever it is read. */
  interface Export {
    /** Each entry, the oldest first. */
    void each(Visitor visitor) throws IOException;

    /** The checkpoint up to which it goes, if nothing before that is left out. */
    Optional<String> checkpoint();
  }

  /** Hears of each entry. */
  @FunctionalInterface
  interface Visitor {
    void take(ReadEntry entry) throws IOException;
  }
}
