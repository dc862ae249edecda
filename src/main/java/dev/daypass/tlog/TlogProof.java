package dev.daypass.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proof, to be verified offline, that an entry is in a ledger: C2SP tlog-proof. Holds the entry's
 * number, its inclusion path, the signed checkpoint, and extra data that nothing authenticates.
 */
public record TlogProof(
    EntryNumber index, List<Hash> path, SignedNote checkpoint, Optional<Opaque> extra) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final int MAX_CHARACTERS = 2 << 20;

  public TlogProof {
    path = List.copyOf(path);
    Optional<String> fault = fault(index, path, checkpoint);
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
    if (extra.isPresent() && extra.get().size() == 0) {
      throw new IllegalArgumentException("extra data, where it is present, is not empty");
    }
  }

  /** As {@link #parse}, from bytes that must be UTF-8. */
  public static TlogProof decode(byte[] utf8) throws TlogFormatException {
    return parse(StrictText.utf8(utf8));
  }

  /**
   * C2SP tlog-proof, section Format. The path has as many hashes as index and size demand; whether
   * it verifies, and who signed the checkpoint, is not looked at.
   */
  public static TlogProof parse(String text) throws TlogFormatException {
    if (text.length() > MAX_CHARACTERS) {
      throw new TlogFormatException("proof too long", MAX_CHARACTERS);
    }
    Lines lines = new Lines(text);
    if (!lines.line().equals(HEADER)) {
      throw new TlogFormatException("not a " + HEADER, 0);
    }
    String line = lines.line();
    Optional<Opaque> extra = Optional.empty();
    if (line.startsWith(EXTRA)) {
      extra = Optional.of(extra(line, lines.start()));
      line = lines.line();
    }
    if (!line.startsWith(INDEX)) {
      throw new TlogFormatException("no index line", lines.start());
    }
    int indexStart = lines.start();
    EntryNumber index =
        new EntryNumber(
            StrictText.decimal(line.substring(INDEX.length()), indexStart + INDEX.length()));
    List<Hash> path = path(lines);
    SignedNote checkpoint = checkpoint(lines);
    Optional<String> fault = fault(index, path, checkpoint);
    if (fault.isPresent()) {
      throw new TlogFormatException(fault.get(), indexStart);
    }
    return new TlogProof(index, path, checkpoint, extra);
  }

  public String encode() {
    return beforeCheckpoint() + checkpoint.encode();
  }

  /** The same in UTF-8. Only the checkpoint, with its dash, is more than ASCII. */
  public byte[] encodeUtf8() {
    return StrictText.concat(
        beforeCheckpoint().getBytes(StandardCharsets.US_ASCII),
        StrictText.utf8(checkpoint.encode()));
  }

  /** What the checkpoint's note says. */
  public Checkpoint tree() {
    try {
      return Checkpoint.parse(checkpoint.text());
    } catch (TlogFormatException e) {
      throw new IllegalStateException("the constructor has parsed it", e);
    }
  }

  public InclusionProof inclusion() {
    return new InclusionProof(index, tree().size(), path);
  }

  /**
   * C2SP tlog-proof, section Verifying, steps 2 and 4: the checkpoint is this origin's, the log's
   * key signed it, and the leaf is in its tree.
   */
  public boolean verifies(Hash leaf, String origin, NoteKey log) {
    Checkpoint tree = tree();
    return tree.origin().equals(origin)
        && log.verifies(checkpoint)
        && inclusion().verifies(leaf, tree.root());
  }

  private String beforeCheckpoint() {
    StringBuilder text = new StringBuilder(1024).append(HEADER).append('\n');
    extra.ifPresent(data -> text.append(EXTRA).append(data.base64()).append('\n'));
    text.append(INDEX).append(index).append('\n');
    path.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').toString();
  }

  private static Opaque extra(String line, int start) throws TlogFormatException {
    int dataStart = start + EXTRA.length();
    byte[] data = StrictText.base64(line.substring(EXTRA.length()), dataStart);
    if (data.length == 0) {
      throw new TlogFormatException("extra line without data", dataStart);
    }
    return Opaque.of(data);
  }

  private static List<Hash> path(Lines lines) throws TlogFormatException {
    List<Hash> path = new ArrayList<>();
    for (String line = lines.line(); !line.isEmpty(); line = lines.line()) {
      if (path.size() == Long.SIZE) {
        throw new TlogFormatException("too many hashes", lines.start());
      }
      path.add(Hash.parse(line, lines.start()));
    }
    return path;
  }

  private static SignedNote checkpoint(Lines lines) throws TlogFormatException {
    try {
      SignedNote note = SignedNote.parse(lines.rest());
      Checkpoint.parse(note.text());
      return note;
    } catch (TlogFormatException e) {
      throw e.within(lines.offset());
    }
  }

  private static Optional<String> fault(EntryNumber index, List<Hash> path, SignedNote checkpoint) {
    try {
      TreeSize size = Checkpoint.parse(checkpoint.text()).size();
      if (!size.contains(index)) {
        return Optional.of("index is not in the checkpoint's tree");
      }
      return path.size() == InclusionProof.length(index, size)
          ? Optional.empty()
          : Optional.of("wrong number of hashes for index and size");
    } catch (TlogFormatException _) {
      return Optional.of("the note is not a checkpoint");
    }
  }
}
