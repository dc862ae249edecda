package dev.daypass.ledger.verify;

import dev.daypass.ledger.publish.PublishedFiles;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.Opaque;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.EntryBundle;
import dev.daypass.tlog.tile.TilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A ledger as strangers see it: checkpoint, tiles and bundles (C2SP tlog-tiles), without details.
 * Each file that its checkpoint demands is looked at.
 */
public final class PublishedSource implements LedgerSource {
  private final PublishedFiles files;
  private final String note;
  private final TreeSize size;

  /** Level 0, read beside their bundles. */
  private final Map<TilePath.Hashes, Bytes> tilesAhead = new ConcurrentHashMap<>();

  /** Guarded by this: bundles are read ahead. */
  private final List<String> malformed = new ArrayList<>();

  private PublishedSource(PublishedFiles files, String note, TreeSize size) {
    this.files = files;
    this.note = note;
    this.size = size;
  }

  /**
   * The tree of the checkpoint that is there now; what grows meanwhile is not looked at.
   *
   * @throws StoreFailed if there is no checkpoint
   */
  public static PublishedSource open(PublishedFiles files) throws StoreFailed {
    Bytes text =
        read(files, PublishedFiles.CHECKPOINT)
            .orElseThrow(() -> new StoreFailed("there is no file checkpoint"));
    try {
      SignedNote note = SignedNote.decode(text.toArray());
      return new PublishedSource(files, note.encode(), Checkpoint.parse(note.text()).size());
    } catch (TlogFormatException e) {
      throw new StoreFailed("the file checkpoint is none: " + e.getMessage(), e);
    }
  }

  @Override
  public TreeSize size() {
    return size;
  }

  /** Reads the bundles of a chunk at once, and the tiles beside them, which are asked for next. */
  @Override
  public List<StoredEntry> entries(EntryNumber from, int limit) throws StoreFailed {
    long until = Math.min(size.value(), from.value() + limit);
    List<CompletableFuture<Optional<EntryBundle>>> bundles = new ArrayList<>();
    List<StoredEntry> entries = new ArrayList<>(limit);
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      long last = (until - 1) / TilePath.FULL_WIDTH;
      for (long index = from.value() / TilePath.FULL_WIDTH; index <= last; index++) {
        long first = index * TilePath.FULL_WIDTH;
        int width = (int) Math.min(TilePath.FULL_WIDTH, size.value() - first);
        TilePath.Entries path = new TilePath.Entries(index, width);
        bundles.add(CompletableFuture.supplyAsync(() -> withTile(path), readers));
      }
    }
    long first = from.value() / TilePath.FULL_WIDTH * TilePath.FULL_WIDTH;
    for (CompletableFuture<Optional<EntryBundle>> read : bundles) {
      Optional<EntryBundle> bundle = joined(read);
      if (bundle.isEmpty()) {
        break;
      }
      add(bundle.get(), first, from.value(), until, entries);
      first += TilePath.FULL_WIDTH;
    }
    return entries;
  }

  @Override
  public boolean withholdsDetails() {
    return true;
  }

  @Override
  public Optional<StoredHead> head() {
    return Optional.empty();
  }

  @Override
  public boolean keepsTile(TilePath.Hashes path) {
    return true;
  }

  @Override
  public Optional<Bytes> tile(TilePath.Hashes path) throws StoreFailed {
    Optional<Bytes> ahead = Optional.ofNullable(tilesAhead.remove(path));
    Optional<Bytes> found = ahead.isPresent() ? ahead : read(files, path.path());
    if (found.isPresent() || path.isFull()) {
      return found;
    }
    // Section Partial Tiles: it may be gone once the full one is there.
    TilePath full = new TilePath.Hashes(path.level(), path.index(), TilePath.FULL_WIDTH);
    int bytes = path.width() * Hash.SIZE;
    return read(files, full.path())
        .filter(content -> content.size() >= bytes)
        .map(content -> content.slice(0, bytes));
  }

  /** It stands in the tile above. */
  @Override
  public boolean agreesOnRoot(TilePath.Hashes path, Hash root) {
    return true;
  }

  @Override
  public Optional<String> checkpoint() {
    return Optional.of(note);
  }

  @Override
  public synchronized List<String> malformed() {
    return List.copyOf(malformed);
  }

  private static void add(
      EntryBundle bundle, long first, long from, long until, List<StoredEntry> entries) {
    List<Opaque> leaves = bundle.entries();
    for (int at = 0; at < leaves.size(); at++) {
      long number = first + at;
      if (number >= from && number < until) {
        Bytes leaf = Bytes.of(leaves.get(at).toArray());
        entries.add(new StoredEntry(new EntryNumber(number), leaf, Optional.empty()));
      }
    }
  }

  private Optional<EntryBundle> withTile(TilePath.Entries path) {
    try {
      TilePath.Hashes beside = new TilePath.Hashes(0, path.index(), path.width());
      read(files, beside.path()).ifPresent(tile -> tilesAhead.put(beside, tile));
      return bundle(path);
    } catch (StoreFailed e) {
      throw new CompletionException(e);
    }
  }

  private static Optional<EntryBundle> joined(CompletableFuture<Optional<EntryBundle>> read)
      throws StoreFailed {
    try {
      return read.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreFailed failed
          ? failed
          : new StoreFailed("a file cannot be read", e);
    }
  }

  private Optional<EntryBundle> bundle(TilePath.Entries path) throws StoreFailed {
    Optional<Bytes> content = read(files, path.path());
    int width = path.width();
    if (content.isEmpty() && !path.isFull()) {
      width = TilePath.FULL_WIDTH;
      content = read(files, new TilePath.Entries(path.index(), width).path());
    }
    try {
      return content.isEmpty()
          ? missing(path, "is missing")
          : Optional.of(EntryBundle.decode(content.get().toArray(), width));
    } catch (TlogFormatException e) {
      return missing(path, "is malformed: " + e.getMessage());
    }
  }

  private synchronized Optional<EntryBundle> missing(TilePath path, String problem) {
    malformed.add(path.path() + " " + problem);
    return Optional.empty();
  }

  private static Optional<Bytes> read(PublishedFiles files, String path) throws StoreFailed {
    try {
      return files.read(path);
    } catch (IOException e) {
      throw new StoreFailed(String.valueOf(e.getMessage()), e);
    }
  }
}
