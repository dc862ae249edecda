package dev.daypass.tlog.witness;

import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Timestamped Ed25519 cosignatures: C2SP tlog-cosignature, {@code cosignature/v1}. */
public final class TimedSignature {
  private TimedSignature() {}

  /** Section Ed25519 signed message: what the cosigner signs. */
  public static byte[] message(Instant at, String noteText) {
    return ("cosignature/v1\ntime " + at.getEpochSecond() + "\n" + noteText)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Section Format: the time and the 64 bytes of RFC 8032 over {@link #message}. */
  public static NoteSignature of(NoteKey cosigner, Instant at, byte[] signature) {
    byte[] blob =
        ByteBuffer.allocate(Long.BYTES + signature.length)
            .putLong(at.getEpochSecond())
            .put(signature)
            .array();
    return NoteSignature.of(cosigner, blob);
  }

  /** The signature lines by themselves, as a witness answers them. */
  public static String lines(String noteText, List<NoteSignature> signatures) {
    String note = new SignedNote(noteText, signatures).encode();
    return note.substring(noteText.length() + 1);
  }

  /**
   * Reads the lines that a witness answered for this note (C2SP tlog-witness: concatenated to the
   * checkpoint they are a note).
   */
  public static List<NoteSignature> parse(String noteText, String lines)
      throws TlogFormatException {
    return SignedNote.parse(noteText + "\n" + lines).signatures();
  }
}
