package dev.daypass.issuance;

import dev.daypass.ledger.Receipt;
import java.util.Optional;

/** Has an entry's checkpoint cosigned before its certificate is released (DESIGN section 6). */
public interface Witnessing {
  /** Where no witness is configured. */
  Witnessing NONE =
      new Witnessing() {
        @Override
        public boolean isPossible() {
          return false;
        }

        @Override
        public Optional<Receipt> witnessed(Receipt receipt) {
          return Optional.empty();
        }
      };

  /** Whether there are witnesses at all. */
  boolean isPossible();

  /**
   * The receipt of the same entry under a checkpoint that enough witnesses have cosigned; waits for
   * it, and is empty if that takes longer than a caller should wait.
   */
  Optional<Receipt> witnessed(Receipt receipt);
}
