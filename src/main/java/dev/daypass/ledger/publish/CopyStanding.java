package dev.daypass.ledger.publish;

import dev.daypass.tlog.TreeSize;
import java.util.Optional;

/**
 * How a copy stands.
 *
 * @param to the target's name
 * @param copied the size of the tree that it holds
 * @param published the size of the tree that it should hold by now
 * @param failure what went wrong at the last attempt, empty if nothing did
 */
public record CopyStanding(
    String to, TreeSize copied, TreeSize published, Optional<String> failure) {
  /** How many entries it lacks. */
  public long behind() {
    return Math.max(0, published.value() - copied.value());
  }
}
