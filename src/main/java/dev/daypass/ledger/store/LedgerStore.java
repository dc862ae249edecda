package dev.daypass.ledger.store;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the ledger is kept. One thread writes, any number read, and readers never make the writer
 * wait. When {@link #append} returns, the batch has been synced.
 */
public interface LedgerStore extends AutoCloseable {
  /** Where the store ends, read from a fresh connection. */
  StoredHead head() throws StoreFailed;

  /**
   * Writes the batch and syncs it. A size other than the batch expects is {@link StoreFailed}.
   *
   * @throws StoreFull if nothing was written and the store is as before
   * @throws StoreFailed if the outcome is in doubt
   */
  void append(Batch batch) throws StoreFull, StoreFailed;

  /** Writes and syncs something that means nothing, to learn whether there is space again. */
  void probe() throws StoreFull, StoreFailed;

  Optional<StoredEntry> entry(EntryNumber number) throws StoreFailed;

  /** Up to {@code limit} entries in order, from this number on. */
  List<StoredEntry> entries(EntryNumber from, int limit) throws StoreFailed;

  /** The same entries without their details, as they are hashed into the tree. */
  default List<Bytes> leaves(EntryNumber from, int limit) throws StoreFailed {
    return entries(from, limit).stream().map(StoredEntry::entry).toList();
  }

  /** The 8192 bytes of a full tile. */
  Optional<Bytes> tile(int level, long index) throws StoreFailed;

  /** The roots of the full tiles of a level, from this index on, at most {@code limit}. */
  List<Hash> tileRoots(int level, long from, int limit) throws StoreFailed;

  /** The checkpoint that came with the last batch, as a signed note. */
  Optional<String> checkpoint() throws StoreFailed;

  /** Numbers of matching entries, newest first. */
  List<EntryNumber> search(EntrySearch search) throws StoreFailed;

  /** These entries, in their order; what is not there is left out. */
  default List<StoredEntry> entriesAt(List<EntryNumber> numbers) throws StoreFailed {
    List<StoredEntry> found = new ArrayList<>(numbers.size());
    for (EntryNumber number : numbers) {
      entry(number).ifPresent(found::add);
    }
    return found;
  }

  /**
   * Entries whose details may have what is looked for, newest first: none that has it is left out,
   * some that do not have it may be among them.
   */
  List<StoredEntry> scan(EntryScan scan) throws StoreFailed;

  /** The first entries of a kind from that number on, and before the other, that have details. */
  List<EntryNumber> withDetails(EntryKind kind, long from, long before, int limit)
      throws StoreFailed;

  /** Whether copies of what was erased may still lie in a file of the store. */
  default boolean hasRemains() {
    return false;
  }

  /** Takes it that there are some: something beside the ledger was deleted. */
  default void expectRemains() {}

  /** Cuts such copies off, if no reader is in the way; for the thread that appends. */
  default void clearRemains() throws StoreFailed {}

  @Override
  void close();
}
