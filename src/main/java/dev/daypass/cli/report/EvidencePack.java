package dev.daypass.cli.report;

import dev.daypass.ledger.publish.PublishedTree;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.ledger.verify.ExportLine;
import dev.daypass.ledger.verify.Progress;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.TlogProof;
import dev.daypass.tlog.TreeProver;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.TileCover;
import dev.daypass.tlog.tile.TilePath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Fills a folder with a pack, a row at a time. Two walks: what became of certificates is said by
 * later entries, those after the pack's time among them.
 */
final class EvidencePack {
  /** Single proofs of as many entries; the tree holds those of all. */
  private static final int PROOFS = 1000;

  private final LedgerStore store;
  private final Path folder;
  private final Cover cover;
  private final TreeSize size;
  private final Progress progress;
  private final Fates fates = new Fates();
  private final Summary summary = new Summary();
  private final Map<Table, OutputStream> files = new EnumMap<>(Table.class);
  private int proofs;

  /**
   * A pack of that store.
   *
   * @param progress hears of each entry that was read, which is done twice, as of a half
   */
  EvidencePack(LedgerStore store, Path folder, Cover cover, Progress progress) {
    this.store = store;
    this.progress = progress;
    this.folder = folder;
    this.cover = cover;
    this.size = cover.checkpoint().size();
  }

  /** Writes everything; answers how many entries are told. */
  long write() throws IOException, StoreFailed {
    EntryBrowser browser = new EntryBrowser(store, () -> size);
    long first = browser.firstSince(cover.from()).value();
    long all = size.value() - first;
    browser.visit(
        between(Optional.empty()),
        size,
        entry -> {
          fates.learn(entry);
          progress.reached((entry.number().value() - first) / 2, all);
        });
    Files.createDirectory(folder.resolve("proofs"));
    long[] told = new long[1];
    try (OutputStream entries = file("entries.ndjson")) {
      for (Table table : Table.values()) {
        files.put(table, file(table.file()));
        line(table, "entry,at," + String.join(",", table.columns()) + "\r\n");
      }
      browser.visit(
          between(Optional.of(cover.until())),
          size,
          entry -> {
            told[0]++;
            new ExportLine.Exported(entry.stored()).encode().writeTo(entries);
            entries.write('\n');
            tell(entry);
            progress.reached((all + entry.number().value() - first) / 2, all);
          });
    } finally {
      close();
    }
    published();
    keys();
    put("index.html", EvidencePage.of(cover, summary, resource("style.css")));
    put("HOWTO-VERIFY.txt", resource("HOWTO-VERIFY.txt"));
    put("verify.py", resource("verify.py"));
    progress.reached(all, all);
    return told[0];
  }

  private void tell(ReadEntry entry) throws IOException {
    Optional<Table> table = Table.of(entry.entry().kind());
    if (table.isEmpty()) {
      return;
    }
    Row row = new Row(entry, fates);
    add(table.get(), row);
    if (table.get() == Table.GRANTED) {
      summary.granted(row, cover.made());
      if (row.isUnused(cover.made())) {
        add(Table.UNUSED, row);
      }
    }
    if (proofs < PROOFS) {
      proofs++;
      prove(entry);
    }
  }

  private void add(Table table, Row row) throws IOException {
    summary.add(table, row);
    line(table, row.csv(table));
  }

  private void prove(ReadEntry entry) throws IOException {
    try {
      var path = new TreeProver(new StoredHashes(store)).inclusion(entry.number(), size);
      TlogProof proof =
          new TlogProof(entry.number(), path.hashes(), cover.note(), Optional.empty());
      put("proofs/" + entry.number() + ".tlog-proof", proof.encode());
    } catch (StoredHashes.UncheckedStoreFailure e) {
      throw new IOException(e.failure());
    }
  }

  /** The tree as it is published (C2SP tlog-tiles), commitments only. */
  private void published() throws IOException, StoreFailed {
    PublishedTree tree = new PublishedTree(store, () -> size);
    Path root = folder.resolve("ledger");
    for (TilePath path : TileCover.between(TreeSize.ZERO, size)) {
      Path file = root.resolve(path.path());
      Files.createDirectories(file.resolveSibling(""));
      Bytes content =
          tree.file(path).orElseThrow(() -> new StoreFailed("the store lacks " + path.path()));
      Files.write(file, content.toArray());
    }
    put("ledger/checkpoint", cover.note().encode());
  }

  private void keys() throws IOException {
    NoteKey key =
        NoteKey.ofEd25519(cover.checkpoint().origin(), cover.ledgerKey().point().toArray());
    put("ledger-key.vkey", key.vkey() + "\n");
    // RFC 8410, section 4: what stands before the 32 bytes of an Ed25519 key.
    Bytes info = Bytes.ofHex("302a300506032b6570032100").concat(cover.ledgerKey().point());
    put(
        "ledger-key.pem",
        "-----BEGIN PUBLIC KEY-----\n" + info.base64() + "\n-----END PUBLIC KEY-----\n");
  }

  private EntryFilter between(Optional<Instant> until) {
    EntryFilter all = EntryFilter.ALL;
    return new EntryFilter(
        all.kind(),
        all.person(),
        all.identity(),
        all.role(),
        all.server(),
        all.key(),
        all.reason(),
        Optional.of(cover.from()),
        until,
        all.text());
  }

  private OutputStream file(String name) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)));
  }

  private void line(Table table, String line) throws IOException {
    Objects.requireNonNull(files.get(table)).write(line.getBytes(StandardCharsets.UTF_8));
  }

  private void put(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void close() throws IOException {
    for (OutputStream file : files.values()) {
      file.close();
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream text = EvidencePack.class.getResourceAsStream("/report/" + name)) {
      if (text == null) {
        throw new IOException("this program lacks report/" + name);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
