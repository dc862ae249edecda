package dev.daypass.ledger.store;

import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.HashReader;
import dev.daypass.tlog.tile.TilePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hashes of the stored tree: full tiles as they are stored, unfinished ones from the entries or
 * from the roots of the tiles below. Not for sharing between threads: it remembers what it read.
 */
public final class StoredHashes implements HashReader {
  private static final int REMEMBERED_ROWS = 16;

  private final LedgerStore store;
  private final Map<Row, List<Hash>> remembered =
      new LinkedHashMap<>(REMEMBERED_ROWS * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Row, List<Hash>> eldest) {
          return size() > REMEMBERED_ROWS;
        }
      };

  public StoredHashes(LedgerStore store) {
    this.store = store;
  }

  /**
   * @throws UncheckedStoreFailure if the store cannot be read, or holds less than was asked for
   */
  @Override
  public Hash subtree(int level, long index) {
    int within = level % TilePath.HEIGHT;
    long first = index << within;
    int width = 1 << within;
    int offset = (int) (first % TilePath.FULL_WIDTH);
    List<Hash> row = row(level / TilePath.HEIGHT, first / TilePath.FULL_WIDTH);
    if (row.size() < offset + width) {
      throw new UncheckedStoreFailure(new StoreFailed("the store lacks hashes of its tree"));
    }
    return root(row.subList(offset, offset + width));
  }

  /** The hashes of a tile, fewer than 256 if it is not full. */
  public List<Hash> row(int tileLevel, long tileIndex) {
    Row key = new Row(tileLevel, tileIndex);
    List<Hash> known = remembered.get(key);
    if (known == null) {
      try {
        known = read(tileLevel, tileIndex);
      } catch (StoreFailed e) {
        throw new UncheckedStoreFailure(e);
      }
      remembered.put(key, known);
    }
    return known;
  }

  private List<Hash> read(int tileLevel, long tileIndex) throws StoreFailed {
    Optional<Bytes> tile = store.tile(tileLevel, tileIndex);
    if (tile.isPresent()) {
      return split(tile.get());
    }
    long first = tileIndex * TilePath.FULL_WIDTH;
    if (tileLevel > 0) {
      return store.tileRoots(tileLevel - 1, first, TilePath.FULL_WIDTH);
    }
    return store.entries(new EntryNumber(first), TilePath.FULL_WIDTH).stream()
        .map(entry -> Hash.leaf(entry.entry().toArray()))
        .toList();
  }

  private static List<Hash> split(Bytes tile) {
    List<Hash> hashes = new ArrayList<>(TilePath.FULL_WIDTH);
    for (int at = 0; at < tile.size(); at += Hash.SIZE) {
      hashes.add(Hash.of(tile.slice(at, at + Hash.SIZE).toArray()));
    }
    return List.copyOf(hashes);
  }

  private static Hash root(List<Hash> perfect) {
    if (perfect.size() == 1) {
      return perfect.getFirst();
    }
    int middle = perfect.size() / 2;
    return Hash.node(
        root(perfect.subList(0, middle)), root(perfect.subList(middle, perfect.size())));
  }

  private record Row(int level, long index) {}

  /** Carries {@link StoreFailed} through interfaces that declare no exception. */
  public static final class UncheckedStoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StoreFailed failure;

    UncheckedStoreFailure(StoreFailed failure) {
      super(failure);
      this.failure = failure;
    }

    public StoreFailed failure() {
      return failure;
    }
  }
}
