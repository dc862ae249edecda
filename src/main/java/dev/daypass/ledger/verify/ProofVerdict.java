package dev.daypass.ledger.verify;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import java.util.List;

/** What a certificate's proof is worth; the steps are in the order in which they were made. */
public sealed interface ProofVerdict {
  List<ProofStep> steps();

  /** Every step passed: the certificate's bytes are in the ledger. */
  record Proven(List<ProofStep> steps, EntryNumber number, Entry entry, Checkpoint checkpoint)
      implements ProofVerdict {
    public Proven {
      steps = List.copyOf(steps);
    }
  }

  /** The last step did not pass, and nothing after it was tried. */
  record NotProven(List<ProofStep> steps) implements ProofVerdict {
    public NotProven {
      steps = List.copyOf(steps);
    }

    /** The step that did not pass. */
    public ProofStep failure() {
      return steps.getLast();
    }
  }
}
