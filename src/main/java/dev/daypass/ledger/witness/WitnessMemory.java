package dev.daypass.ledger.witness;

import dev.daypass.tlog.SignedNote;
import java.io.IOException;
import java.util.Optional;

/** What a witness cosigned last, ledger by ledger. */
public interface WitnessMemory {
  /** The checkpoint with our cosignature; empty if we never cosigned one of that origin. */
  Optional<SignedNote> latest(String origin) throws IOException;

  /** Durable on return. */
  void remember(String origin, SignedNote cosigned) throws IOException;
}
