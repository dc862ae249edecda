package dev.daypass.ledger;

import dev.daypass.cert.Serial;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.store.Batch;
import dev.daypass.ledger.store.NewEntry;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Growth;
import dev.daypass.tlog.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A batch with numbers, times and hashes, ready to be committed; nothing has happened yet. */
record PreparedBatch(Batch batch, Growth growth, TileEdge edge) {
  static PreparedBatch of(Tip tip, List<Pending> drafts, Instant at) {
    List<NewEntry> entries = new ArrayList<>(drafts.size());
    List<Hash> leaves = new ArrayList<>(drafts.size());
    EntryNumber number = tip.head().frontier().size().nextEntry();
    for (Pending pending : drafts) {
      NewEntry entry = numbered(pending, number, at);
      entries.add(entry);
      leaves.add(Hash.leaf(entry.encoded().toArray()));
      number = number.next();
    }
    Growth growth = tip.head().frontier().append(leaves);
    TileEdge.Advance advance = tip.edge().advance(growth);
    Batch batch =
        new Batch(
            tip.head().frontier().size(),
            new StoredHead(growth.frontier(), at),
            entries,
            advance.tiles(),
            tip.checkpoint().map(checkpoint -> checkpoint.note().encode()));
    return new PreparedBatch(batch, growth, advance.edge());
  }

  /** The receipt of each entry, in their order, under the checkpoint of the tree after it. */
  List<Receipt> receipts(SignedCheckpoint checkpoint) {
    return batch.entries().stream()
        .map(entry ->
            new Receipt(
                entry.number(),
                entry.entry(),
                entry.encoded(),
                growth.inclusionProof(entry.number()),
                checkpoint))
        .toList();
  }

  /** DESIGN, section 1, "One number": the serial of a granted certificate is its entry number. */
  private static NewEntry numbered(Pending pending, EntryNumber number, Instant at) {
    Draft draft = pending.draft();
    Entry entry =
        new Entry(
            at,
            draft.kind(),
            draft
                .certificate()
                .map(content -> content.withSerial(new Serial(number.value())).commitment()),
            pending.detailsHash(),
            draft.publicPart());
    Bytes encoded = entry.encode();
    if (encoded.size() > Entry.MAX_BYTES) {
      throw new IllegalStateException("a draft made an entry larger than 1 KiB");
    }
    return new NewEntry(
        number,
        entry,
        encoded,
        pending.details(),
        draft.search(),
        pending.terms(),
        pending.erases());
  }
}
