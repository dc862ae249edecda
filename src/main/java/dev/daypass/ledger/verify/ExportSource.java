package dev.daypass.ledger.verify;

import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.TilePath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A whole ledger in a file of {@link ExportLine}s. */
public final class ExportSource implements LedgerSource, AutoCloseable {
  private final BufferedReader lines;
  private final TreeSize size;
  private final Optional<String> note;
  private final List<String> malformed = new ArrayList<>();

  private ExportSource(BufferedReader lines, TreeSize size, Optional<String> note) {
    this.lines = lines;
    this.size = size;
    this.note = note;
  }

  /** Counts the lines, and looks at the last one for a checkpoint. */
  public static ExportSource open(Path file) throws StoreFailed {
    try (Stream<String> all = Files.lines(file, StandardCharsets.UTF_8)) {
      String[] last = new String[1];
      long count = all.peek(line -> last[0] = line).count();
      Optional<String> note = Optional.ofNullable(last[0]).flatMap(ExportSource::checkpoint);
      return new ExportSource(
          Files.newBufferedReader(file), new TreeSize(count - (note.isPresent() ? 1 : 0)), note);
    } catch (IOException | UncheckedIOException e) {
      throw new StoreFailed("cannot read " + file, e);
    }
  }

  @Override
  public TreeSize size() {
    return size;
  }

  @Override
  public List<StoredEntry> entries(EntryNumber from, int limit) throws StoreFailed {
    List<StoredEntry> entries = new ArrayList<>(limit);
    try {
      while (entries.size() < limit) {
        String line = lines.readLine();
        if (line == null) {
          break;
        }
        entry(line).ifPresent(entries::add);
      }
      return entries;
    } catch (IOException e) {
      throw new StoreFailed("cannot read the export", e);
    }
  }

  @Override
  public boolean withholdsDetails() {
    return false;
  }

  @Override
  public Optional<StoredHead> head() {
    return Optional.empty();
  }

  /** An export has none. */
  @Override
  public boolean keepsTile(TilePath.Hashes path) {
    return false;
  }

  @Override
  public Optional<Bytes> tile(TilePath.Hashes path) {
    return Optional.empty();
  }

  @Override
  public boolean agreesOnRoot(TilePath.Hashes path, Hash root) {
    return true;
  }

  @Override
  public Optional<String> checkpoint() {
    return note;
  }

  @Override
  public synchronized List<String> malformed() {
    return List.copyOf(malformed);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private synchronized Optional<StoredEntry> entry(String line) {
    try {
      return ExportLine.decode(Bytes.ofUtf8(line)) instanceof ExportLine.Exported(var entry)
          ? Optional.of(entry)
          : Optional.empty();
    } catch (JsonFormatException e) {
      malformed.add("a line of the export is malformed: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<String> checkpoint(String line) {
    try {
      return ExportLine.decode(Bytes.ofUtf8(line)) instanceof ExportLine.Signed(String note)
          ? Optional.of(note)
          : Optional.empty();
    } catch (JsonFormatException _) {
      return Optional.empty();
    }
  }
}
