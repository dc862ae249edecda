package dev.daypass.ledger.publish;

import java.io.IOException;
import java.util.Optional;

/** Remembers how far a copy is: the checkpoint that was copied last. Durable on return. */
public interface CopyPosition {
  /** The signed note, empty if nothing was copied yet. */
  Optional<String> read() throws IOException;

  void write(String note) throws IOException;
}
