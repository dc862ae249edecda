package dev.daypass.tlog.witness;

import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.ConsistencyProof;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeSize;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The body of a request {@code add-checkpoint} (C2SP tlog-witness).
 *
 * @param old the size of what the witness cosigned last
 */
public record AddCheckpoint(TreeSize old, List<Hash> proof, SignedNote note) {
  private static final String OLD = "old ";

  /** Section add-checkpoint: the client must not send more. */
  private static final int MAX_HASHES = 63;

  private static final int MAX_DIGITS = 18;

  public AddCheckpoint {
    proof = List.copyOf(proof);
    if (proof.size() > MAX_HASHES) {
      throw new IllegalArgumentException("at most 63 hashes");
    }
  }

  /** Only the one spelling that {@link #encode} makes. */
  public static AddCheckpoint decode(byte[] body) throws TlogFormatException {
    String text = new String(body, StandardCharsets.UTF_8);
    int empty = text.indexOf("\n\n");
    if (empty < 0) {
      throw new TlogFormatException("no empty line before the checkpoint", text.length());
    }
    List<String> lines = List.of(text.substring(0, empty).split("\n", -1));
    if (lines.size() > MAX_HASHES + 1) {
      throw new TlogFormatException("more than 63 hashes", 0);
    }
    List<Hash> proof = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      proof.add(Hash.parse(line));
    }
    int start = text.substring(0, empty + 2).getBytes(StandardCharsets.UTF_8).length;
    SignedNote note = SignedNote.decode(Arrays.copyOfRange(body, start, body.length));
    var _ = Checkpoint.parse(note.text());
    return new AddCheckpoint(old(lines.getFirst()), proof, note);
  }

  public String encode() {
    StringBuilder text = new StringBuilder(OLD).append(old).append('\n');
    proof.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(note.encode()).toString();
  }

  /** What the note says. */
  public Checkpoint checkpoint() {
    try {
      return Checkpoint.parse(note.text());
    } catch (TlogFormatException e) {
      throw new IllegalArgumentException("the note is no checkpoint", e);
    }
  }

  /**
   * Whether the checkpoint is consistent with that one, which has the old size.
   *
   * @param root the root at the old size
   */
  public boolean isConsistentWith(Hash root) {
    Checkpoint checkpoint = checkpoint();
    return new ConsistencyProof(old, checkpoint.size(), proof).verifies(root, checkpoint.root());
  }

  private static TreeSize old(String line) throws TlogFormatException {
    String digits = line.startsWith(OLD) ? line.substring(OLD.length()) : "";
    if (!digits.matches("0|[1-9][0-9]*") || digits.length() > MAX_DIGITS) {
      throw new TlogFormatException("no line of the old size", 0);
    }
    return new TreeSize(Long.parseLong(digits));
  }
}
