package dev.daypass.ledger.store;

import dev.daypass.tlog.TreeSize;
import java.util.List;
import java.util.Optional;

/**
 * What one commit writes, all of it or nothing.
 *
 * @param before the size that the store must have: a second writer is noticed by it
 * @param after the head once the batch is in
 * @param tiles the tiles that became full
 * @param checkpoint the newest checkpoint signed before this batch, as a signed note: it costs no
 *     sync of its own this way, and a copy of the store can be verified alone
 */
public record Batch(
    TreeSize before,
    StoredHead after,
    List<NewEntry> entries,
    List<FullTile> tiles,
    Optional<String> checkpoint) {
  public Batch {
    entries = List.copyOf(entries);
    tiles = List.copyOf(tiles);
  }
}
