package dev.daypass.ledger.privacy;

import dev.daypass.tlog.EntryNumber;
import java.util.List;

/** What became of a wish that details be erased. */
public sealed interface ErasureOutcome {
  /**
   * They are gone from the tables.
   *
   * @param entries those of kind {@code details.erased} that say so
   * @param erased how many details they took away
   * @param kept entries that name the person as well and keep their details
   * @param remains whether the write-ahead log may still hold copies: a reader keeps it from being
   *     cut off, which is tried again every second
   */
  record Done(List<EntryNumber> entries, long erased, List<EntryNumber> kept, boolean remains)
      implements ErasureOutcome {
    /** Where else the same may stand, in words for whoever asked. */
    public static final List<String> BEYOND =
        List.of(
            "the log of sshd on each server, and this daemon's own log",
            "exports and evidence packs that were taken (export.made says by whom)",
            "events, alarms and mail that were sent (events and alarms in daypass.yaml)",
            "backups and snapshots of the state folder, and free blocks of its volume",
            "what an auditor's tools remember, and memory of running processes",
            "this erasure's reason, and details that are kept: revocations, policy, erasures");

    public Done {
      entries = List.copyOf(entries);
      kept = List.copyOf(kept);
    }
  }

  /** Nothing was erased. */
  record Refused(Fault fault, String detail, String remedy) implements ErasureOutcome {}

  /** Why not. */
  enum Fault {
    /** There is nothing of that number or name. */
    UNKNOWN,
    /** Its kind keeps its details. */
    KEPT,
    /** It is about a certificate or a login that is alive. */
    LIVE,
    /** No reason was given, or one that may not stand in the ledger for ever. */
    REASON,
    /** The ledger takes no entry now. */
    UNAVAILABLE
  }
}
