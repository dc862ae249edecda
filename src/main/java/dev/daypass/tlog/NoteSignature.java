package dev.daypass.tlog;

import java.nio.ByteBuffer;

/**
 * One signature line of a note (C2SP signed-note, section Signatures). The blob is what follows the
 * key ID; {@code keyId} holds the four bytes of the ID in big-endian order.
 */
public record NoteSignature(String name, int keyId, Opaque blob) {
  static final String EM_DASH = "\u2014 ";

  private static final int KEY_ID_BYTES = 4;

  public NoteSignature {
    if (!StrictText.isKeyName(name)) {
      throw new IllegalArgumentException("a key name has no spaces and no plus");
    }
    if (blob.size() == 0) {
      throw new IllegalArgumentException("empty signature");
    }
  }

  /** A signature that the key of this name made: for Ed25519 the 64 bytes of RFC 8032. */
  public static NoteSignature of(NoteKey key, byte[] signature) {
    return new NoteSignature(key.name(), key.keyId(), Opaque.of(signature));
  }

  static NoteSignature parse(String line, int offset) throws TlogFormatException {
    if (!line.startsWith(EM_DASH)) {
      throw new TlogFormatException("signature line without em dash and space", offset);
    }
    int nameStart = EM_DASH.length();
    int nameEnd = line.indexOf(' ', nameStart);
    if (nameEnd < 0) {
      throw new TlogFormatException("signature line without a signature", offset);
    }
    String name = line.substring(nameStart, nameEnd);
    if (!StrictText.isKeyName(name)) {
      throw new TlogFormatException("invalid key name", offset + nameStart);
    }
    int signatureStart = offset + nameEnd + 1;
    byte[] bytes = StrictText.base64(line.substring(nameEnd + 1), signatureStart);
    if (bytes.length <= KEY_ID_BYTES) {
      throw new TlogFormatException("signature too short", signatureStart);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int keyId = buffer.getInt();
    byte[] blob = new byte[buffer.remaining()];
    buffer.get(blob);
    return new NoteSignature(name, keyId, Opaque.of(blob));
  }

  /** The line with its LF. */
  String line() {
    byte[] id = ByteBuffer.allocate(KEY_ID_BYTES).putInt(keyId).array();
    byte[] whole = StrictText.concat(id, blob.toArray());
    return EM_DASH + name + " " + Opaque.of(whole).base64() + "\n";
  }
}
