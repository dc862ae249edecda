package dev.daypass.fleet.key;

import dev.daypass.ledger.Follower;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.signer.KeyUse;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.SignerRefused;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TreeSize;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the signer use the keys of a changed book, and has the last checkpoint of a ledger key
 * signed by its successor as well (DESIGN section 3), before anything follows it. Nothing depends
 * on that note but who wants to see the one key vouch for the other.
 *
 * @param shelf where the note with both signatures is kept
 */
public record HandOver(Ledger ledger, KeyBook book, StagedSigner signer, Consumer<SignedNote> shelf)
    implements Follower {
  private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);
  private static final Set<EntryKind> KINDS =
      Set.of(EntryKind.CA_KEY_ADDED, EntryKind.CA_KEY_ACTIVATED, EntryKind.CA_KEY_RETIRED);

  /** Follows the ledger from now on, the book before it. */
  public static void follow(
      Ledger ledger, KeyBook book, StagedSigner signer, Consumer<SignedNote> shelf)
      throws LedgerUnavailable {
    ledger.follow(book);
    HandOver handOver = new HandOver(ledger, book, signer, shelf);
    ledger.follow(handOver);
    handOver.keepOfStart();
  }

  @Override
  public void written(EntryNumber number, Entry entry, JsonObject details) {
    if (KINDS.contains(entry.kind())) {
      signer.reorder();
      List<Fingerprint> due = book.ledgerKeysAt(new TreeSize(number.value() + 1));
      if (entry.kind() == EntryKind.CA_KEY_ACTIVATED && due.size() > 1) {
        handOver(due.getLast());
      }
    }
  }

  private void handOver(Fingerprint successor) {
    try {
      SshPublicKey key =
          signer.keys().of(KeyUse.LEDGER).stream()
              .filter(held -> held.fingerprint().equals(successor))
              .findFirst()
              .orElseThrow();
      keep(signer.handOver(ledger.checkpoint(), key));
    } catch (SignerRefused | LedgerUnavailable | RuntimeException e) {
      LOG.error("the last checkpoint of the old ledger key lacks the new one's signature", e);
    }
  }

  /** A crash in between leaves it to the start, which signs its checkpoint by both. */
  private void keepOfStart() throws LedgerUnavailable {
    if (ledger.readiness().ready() && !ledger.size().isEmpty()) {
      SignedCheckpoint newest = ledger.checkpoint();
      if (book.ledgerKeysAt(newest.checkpoint().size()).size() > 1) {
        keep(newest);
      }
    }
  }

  private void keep(SignedCheckpoint both) {
    LOG.info("the ledger key changes at size {}", both.checkpoint().size());
    shelf.accept(both.note());
  }
}
