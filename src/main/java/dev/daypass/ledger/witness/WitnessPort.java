package dev.daypass.ledger.witness;

import dev.daypass.tlog.witness.AddCheckpoint;
import java.io.IOException;

/** A way to a witness elsewhere. For any number of threads. */
@FunctionalInterface
public interface WitnessPort {
  /**
   * Submits a checkpoint.
   *
   * @throws IOException if no answer of the protocol came
   */
  WitnessAnswer add(AddCheckpoint request) throws IOException;
}
