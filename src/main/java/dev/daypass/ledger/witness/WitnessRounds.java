package dev.daypass.ledger.witness;

import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeProver;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.witness.AddCheckpoint;
import dev.daypass.tlog.witness.TimedSignature;
import dev.daypass.tlog.witness.WitnessQuorum;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has this ledger's checkpoints cosigned: each round sends one checkpoint to every witness at once,
 * so that their cosignatures meet on it. {@link #advance} is called again and again by one thread;
 * no append ever waits for it.
 */
public final class WitnessRounds {
  private static final Logger LOG = LoggerFactory.getLogger(WitnessRounds.class);

  private static final long PAUSE_NANOS = 1_000_000_000;

  private final Ledger ledger;
  private final LedgerStore store;
  private final WitnessQuorum quorum;
  private final Map<String, WitnessPort> ports;

  /** What each witness cosigned last, as far as is known; zero until it says otherwise. */
  private final Map<String, TreeSize> latest = new ConcurrentSkipListMap<>();

  /** What is wrong with each witness; none for those that are well. */
  private final Map<String, String> troubles = new ConcurrentSkipListMap<>();

  private final CosignedCheckpoint cosigned = new CosignedCheckpoint();

  /** The advancing thread's: before that there is no round unless somebody waits for it. */
  private long nextRoundNanos = System.nanoTime();

  /** The advancing thread's: whether the last round found too few witnesses. */
  private boolean failed;

  /**
   * @param ports the way to each witness, by its name in the policy
   */
  public WitnessRounds(
      Ledger ledger, LedgerStore store, WitnessQuorum quorum, Map<String, WitnessPort> ports) {
    this.ledger = ledger;
    this.store = store;
    this.quorum = quorum;
    this.ports = Map.copyOf(ports);
  }

  /** The newest checkpoint that enough witnesses have cosigned, if the last round succeeded. */
  public Optional<SignedNote> cosigned() {
    return cosigned.newest().map(SignedCheckpoint::note);
  }

  /** A checkpoint with enough cosignatures whose tree has that entry; waits for the next round. */
  public Optional<SignedCheckpoint> await(EntryNumber entry, Duration patience) {
    return cosigned.await(entry, patience);
  }

  /** Each witness and how it stands, for readiness: {@code ok}, or what is wrong. */
  public Map<String, String> standings() {
    Map<String, String> standings = new TreeMap<>();
    quorum
        .witnesses()
        .forEach(
            witness -> standings.put(witness.name(), troubles.getOrDefault(witness.name(), "ok")));
    return standings;
  }

  /**
   * One round, if there is anything new: at most one a second, unless somebody waits for it and the
   * last one went well.
   */
  public void advance() {
    boolean isTime = System.nanoTime() - nextRoundNanos >= 0;
    if (!isTime && (failed || !cosigned.isWaitedFor())) {
      return;
    }
    try {
      SignedCheckpoint newest = ledger.checkpoint();
      if (cosigned().filter(last -> last.text().equals(newest.note().text())).isEmpty()) {
        round(newest);
        failed = cosigned().isEmpty();
        nextRoundNanos = System.nanoTime() + PAUSE_NANOS;
      }
    } catch (LedgerUnavailable e) {
      LOG.debug("there is no checkpoint to be cosigned", e);
    } catch (RuntimeException e) {
      LOG.error("a round of the witnesses failed; it is tried again", e);
    }
  }

  private void round(SignedCheckpoint newest) {
    SignedNote note = newest.note();
    Checkpoint checkpoint = newest.checkpoint();
    List<CompletableFuture<List<NoteSignature>>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (WitnessQuorum.Witness witness : quorum.witnesses()) {
        WitnessPort port = ports.get(witness.name());
        if (port != null) {
          asked.add(
              CompletableFuture.supplyAsync(
                  () -> cosignatures(witness, port, note, checkpoint), threads));
        }
      }
    }
    List<NoteSignature> signatures = new ArrayList<>(note.signatures());
    asked.forEach(answer -> signatures.addAll(answer.join()));
    SignedNote all = new SignedNote(note.text(), signatures);
    Set<NoteKey> good = new HashSet<>();
    quorum.witnesses().stream()
        .map(WitnessQuorum.Witness::key)
        .filter(key -> key.verifies(all))
        .forEach(good::add);
    cosigned.put(
        Optional.of(new SignedCheckpoint(checkpoint, all, newest.sshSig()))
            .filter(_ -> quorum.isMetBy(good)));
  }

  /** The witness's cosignatures of that checkpoint; none if there is trouble with it. */
  private List<NoteSignature> cosignatures(
      WitnessQuorum.Witness witness, WitnessPort port, SignedNote note, Checkpoint checkpoint) {
    try {
      WitnessAnswer answer = submit(witness, port, note, checkpoint);
      if (answer instanceof WitnessAnswer.Conflict(TreeSize size)
          && size.compareTo(checkpoint.size()) <= 0) {
        latest.put(witness.name(), size);
        answer = submit(witness, port, note, checkpoint);
      }
      return switch (answer) {
        case WitnessAnswer.Cosigned(String lines) -> cosigned(witness, note, checkpoint, lines);
        case WitnessAnswer.Conflict(TreeSize size) ->
            trouble(witness, "has cosigned " + size + " entries, more than there are here");
        case WitnessAnswer.Refused(WitnessAnswer.Why why) ->
            trouble(witness, "refuses: " + why.name().toLowerCase(Locale.ROOT));
      };
    } catch (IOException | RuntimeException e) {
      return trouble(witness, "cannot be asked: " + e.getMessage());
    }
  }

  private WitnessAnswer submit(
      WitnessQuorum.Witness witness, WitnessPort port, SignedNote note, Checkpoint checkpoint)
      throws IOException {
    TreeSize old = latest.getOrDefault(witness.name(), TreeSize.ZERO);
    var proof = new TreeProver(new StoredHashes(store)).consistency(old, checkpoint.size());
    return port.add(new AddCheckpoint(old, proof.hashes(), note));
  }

  /** Cosignatures of keys that are not the witness's are ignored, as the document wants it. */
  private List<NoteSignature> cosigned(
      WitnessQuorum.Witness witness, SignedNote note, Checkpoint checkpoint, String lines) {
    try {
      List<NoteSignature> own =
          TimedSignature.parse(note.text(), lines).stream()
              .filter(signature -> signature.keyId() == witness.key().keyId())
              .filter(signature -> signature.name().equals(witness.key().name()))
              .toList();
      if (own.isEmpty() || !witness.key().verifies(new SignedNote(note.text(), own))) {
        return trouble(witness, "answers without a good cosignature of its own");
      }
      latest.put(witness.name(), checkpoint.size());
      if (troubles.remove(witness.name()) != null) {
        LOG.info("the witness {} cosigns", witness.name());
      }
      return own;
    } catch (TlogFormatException _) {
      return trouble(witness, "answers something else than signature lines");
    }
  }

  private List<NoteSignature> trouble(WitnessQuorum.Witness witness, String what) {
    if (troubles.put(witness.name(), what) == null) {
      LOG.warn("the witness {} {}", witness.name(), what);
    }
    return List.of();
  }
}
