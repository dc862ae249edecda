package dev.daypass.ledger.witness;

import dev.daypass.ledger.witness.WitnessAnswer.Why;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.witness.AddCheckpoint;
import dev.daypass.tlog.witness.TimedSignature;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A witness for the ledgers of others: C2SP tlog-witness. What it cosigned is on the disk before
 * its answer leaves, and one request a ledger is looked at at a time (section add-checkpoint, the
 * race at its end).
 */
public final class Witness {
  private static final Logger LOG = LoggerFactory.getLogger(Witness.class);

  private final SshSigner signer;
  private final NoteKey key;
  private final Map<String, Set<NoteKey>> logs;
  private final WitnessMemory memory;
  private final InstantSource clock;

  /** A lock for each ledger; held over the comparison and the write. */
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  /**
   * @param name of the witness in its cosignatures
   * @param signer an Ed25519 key that signs nothing else: the form does not bind the name
   * @param logs the keys of the ledgers that are witnessed; a key's name is its ledger's origin
   */
  public Witness(
      String name,
      SshSigner signer,
      List<NoteKey> logs,
      WitnessMemory memory,
      InstantSource clock) {
    if (!(signer.publicKey() instanceof Ed25519PublicKey publicKey)) {
      throw new IllegalArgumentException("a witness signs with Ed25519");
    }
    this.signer = signer;
    this.key = NoteKey.ofEd25519Cosigner(name, publicKey.point().toArray());
    this.logs =
        new HashMap<>(
            logs.stream().collect(Collectors.groupingBy(NoteKey::name, Collectors.toSet())));
    this.memory = memory;
    this.clock = clock;
  }

  /** By which its cosignatures are verified. */
  public NoteKey key() {
    return key;
  }

  /** Section add-checkpoint. */
  public WitnessAnswer add(Bytes body) {
    AddCheckpoint request;
    try {
      request = AddCheckpoint.decode(body.toArray());
    } catch (TlogFormatException _) {
      return new WitnessAnswer.Refused(Why.MALFORMED);
    }
    Checkpoint checkpoint = request.checkpoint();
    Set<NoteKey> keys = logs.get(checkpoint.origin());
    if (keys == null) {
      return new WitnessAnswer.Refused(Why.UNKNOWN_LOG);
    }
    if (request.note().signers(keys).isEmpty()) {
      return new WitnessAnswer.Refused(Why.NOT_SIGNED);
    }
    if (request.old().compareTo(checkpoint.size()) > 0) {
      return new WitnessAnswer.Refused(Why.MALFORMED);
    }
    synchronized (locks.computeIfAbsent(checkpoint.origin(), _ -> new Object())) {
      try {
        return compareAndCosign(request, checkpoint, keys);
      } catch (IOException | SigningException | TlogFormatException e) {
        LOG.error("a checkpoint of {} cannot be cosigned", checkpoint.origin(), e);
        return new WitnessAnswer.Refused(Why.UNAVAILABLE);
      }
    }
  }

  /** The checkpoint that was cosigned last (section Monitor Retrieval Mechanism). */
  public Optional<SignedNote> latest(String originHash) throws IOException {
    for (String origin : logs.keySet()) {
      if (Bytes.ofUtf8(origin).sha256().hex().equals(originHash)) {
        return memory.latest(origin);
      }
    }
    return Optional.empty();
  }

  private WitnessAnswer compareAndCosign(
      AddCheckpoint request, Checkpoint checkpoint, Set<NoteKey> keys)
      throws IOException, SigningException, TlogFormatException {
    Optional<SignedNote> known = memory.latest(checkpoint.origin());
    TreeSize latest = TreeSize.ZERO;
    Hash root = Hash.EMPTY_ROOT;
    if (known.isPresent()) {
      Checkpoint last = Checkpoint.parse(known.get().text());
      latest = last.size();
      root = last.root();
    }
    if (!request.old().equals(latest)) {
      return new WitnessAnswer.Conflict(latest);
    }
    if (!request.isConsistentWith(root)) {
      LOG.warn(
          "{} of size {} does not continue size {}: it is kept from view here, and may be proof of"
              + " another history",
          checkpoint.origin(),
          checkpoint.size(),
          latest);
      return new WitnessAnswer.Refused(Why.INCONSISTENT);
    }
    return cosign(request.note(), checkpoint.origin(), keys);
  }

  private WitnessAnswer cosign(SignedNote note, String origin, Set<NoteKey> keys)
      throws IOException, SigningException {
    var now = clock.instant();
    byte[] raw = signer.sign(Bytes.of(TimedSignature.message(now, note.text()))).blob().toArray();
    NoteSignature cosignature = TimedSignature.of(key, now, raw);
    List<NoteSignature> kept = new ArrayList<>();
    for (NoteSignature signature : note.signatures()) {
      if (keys.stream().anyMatch(log -> log.keyId() == signature.keyId())) {
        kept.add(signature);
      }
    }
    kept.add(cosignature);
    SignedNote cosigned = new SignedNote(note.text(), kept);
    if (!key.verifies(cosigned)) {
      throw new SigningException("the witness's own cosignature does not verify");
    }
    memory.remember(origin, cosigned);
    return new WitnessAnswer.Cosigned(TimedSignature.lines(note.text(), List.of(cosignature)));
  }
}
