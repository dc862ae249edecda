package dev.daypass.outward;

import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.StoreFailed;
import java.util.List;

/**
 * Makes of an entry what a target takes. Called with each entry in the order of their numbers; more
 * than once with the same one if a target failed.
 *
 * @param <T> what the target takes
 */
@FunctionalInterface
public interface Rendering<T> {
  /** None, if this entry is nothing to the target. */
  List<T> of(ReadEntry entry) throws StoreFailed;
}
