package dev.daypass.ledger.publish;

import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.TileCover;
import dev.daypass.tlog.tile.TilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One copy of the published files. {@link #advance} brings it up to the newest checkpoint, and is
 * called again and again by one thread.
 *
 * <p>The order: tiles and bundles, then the target's checkpoint, then our own position. A crash in
 * between repeats writes of the same bytes. A ledger that is not a continuation of what was copied
 * writes nothing: the copy may be all that is left.
 */
public final class LedgerCopy {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerCopy.class);

  private final Ledger ledger;
  private final PublishedTree tree;
  private final CopyTarget target;
  private final CopyPosition position;

  /** Owned by the advancing thread; empty until the position was read. */
  private Optional<TreeSize> copied = Optional.empty();

  /** Written by the advancing thread only; why the last attempt failed. */
  private volatile Optional<String> failure = Optional.empty();

  /** Written by the advancing thread only. */
  private volatile TreeSize reached = TreeSize.ZERO;

  public LedgerCopy(Ledger ledger, PublishedTree tree, CopyTarget target, CopyPosition position) {
    this.ledger = ledger;
    this.tree = tree;
    this.target = target;
    this.position = position;
  }

  public CopyStanding standing() {
    return new CopyStanding(target.name(), reached, ledger.size(), failure);
  }

  /**
   * Copies what is new; what goes wrong is seen in {@link #standing}, and tried again next time.
   */
  public void advance() {
    try {
      SignedNote note = ledger.checkpoint().note();
      Checkpoint newest = parsed(note.encode());
      if (copied.isEmpty()) {
        copied = Optional.of(resume(newest));
      }
      copy(copied.get(), newest, note);
      stand(Optional.empty());
    } catch (LedgerUnavailable e) {
      // A ledger that never signs publishes nothing, and its readiness says so.
      LOG.debug("nothing to copy", e);
    } catch (IOException | StoreFailed | RuntimeException e) {
      stand(Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /** Where the copy is: by our own memory, else by what the target has. */
  private TreeSize resume(Checkpoint newest) throws IOException, StoreFailed {
    Optional<String> known = position.read();
    if (known.isEmpty()) {
      known =
          target
              .read(PublishedFiles.CHECKPOINT)
              .map(bytes -> new String(bytes.toArray(), StandardCharsets.UTF_8));
    }
    if (known.isEmpty()) {
      return TreeSize.ZERO;
    }
    Checkpoint last = parsed(known.get());
    boolean continued =
        last.origin().equals(newest.origin())
            && last.size().compareTo(newest.size()) <= 0
            && tree.root(last.size()).equals(last.root());
    if (!continued) {
      throw new IOException(
          "it holds " + last.size() + " entries of " + last.origin() + ", which this ledger lacks");
    }
    return last.size();
  }

  private void copy(TreeSize from, Checkpoint newest, SignedNote note)
      throws IOException, StoreFailed {
    if (from.equals(newest.size())) {
      return;
    }
    for (TilePath path : TileCover.between(from, newest.size())) {
      target.write(
          path.path(),
          tree.file(path).orElseThrow(() -> new IOException("no " + path.path() + " here")));
    }
    target.settle();
    target.write(PublishedFiles.CHECKPOINT, Bytes.ofUtf8(note.encode()));
    target.settle();
    position.write(note.encode());
    copied = Optional.of(newest.size());
  }

  private void stand(Optional<String> next) {
    if (next.isPresent() && failure.isEmpty()) {
      LOG.warn("the copy to {} fails, and is tried again: {}", target.name(), next.get());
    } else if (next.isEmpty() && failure.isPresent()) {
      LOG.info("the copy to {} goes on", target.name());
    }
    failure = next;
    reached = copied.orElse(TreeSize.ZERO);
  }

  private static Checkpoint parsed(String note) throws IOException {
    try {
      return Checkpoint.parse(SignedNote.parse(note).text());
    } catch (TlogFormatException e) {
      throw new IOException("its checkpoint is none: " + e.getMessage(), e);
    }
  }
}
