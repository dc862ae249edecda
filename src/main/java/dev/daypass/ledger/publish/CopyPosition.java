package dev.daypass.ledger.publish;

import java.io.IOException;
import java.util.Optional;

/**
 * Remembers how far a place off this ledger is: for a copy the checkpoint that was copied last.
 * Durable on return.
 */
public interface CopyPosition {
  /** What was written last, such as a signed note; empty if nothing was. */
  Optional<String> read() throws IOException;

  void write(String text) throws IOException;
}
