package dev.daypass.ledger;

import dev.daypass.ledger.store.EntryTerms;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A draft on its way through the sequencer. What does not depend on its number, salt and hash of
 * the details, is computed by the caller, so that the one sequencer thread does little.
 */
final class Pending {
  private final Draft draft;
  private final Bytes details;
  private final Bytes detailsHash;
  private final List<String> terms;
  private final List<EntryNumber> erases;
  private final CompletableFuture<Receipt> result = new CompletableFuture<>();

  Pending(Draft draft, Details details, List<EntryNumber> erases) {
    this.draft = draft;
    this.details = details.encoded();
    this.detailsHash = details.hash();
    this.terms = EntryTerms.of(draft.details());
    this.erases = List.copyOf(erases);
  }

  Draft draft() {
    return draft;
  }

  Bytes details() {
    return details;
  }

  Bytes detailsHash() {
    return detailsHash;
  }

  List<String> terms() {
    return terms;
  }

  List<EntryNumber> erases() {
    return erases;
  }

  void complete(Receipt receipt) {
    result.complete(receipt);
  }

  void refuse(Exception why) {
    result.completeExceptionally(why);
  }

  /** Waits for the sequencer's answer. */
  Receipt await() throws LedgerUnavailable {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailable(StopCause.CLOSED, "interrupted while waiting", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        // A new exception each time: its stack is the caller's, not the sequencer's.
        case LedgerUnavailable why ->
            throw new LedgerUnavailable(why.stopCause(), String.valueOf(why.getMessage()), why);
        case null, default -> throw new IllegalStateException("the draft was refused", e);
      }
    }
  }
}
