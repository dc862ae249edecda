package dev.daypass.tlog;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A verifier key (vkey) of C2SP signed-note: who signs, with which algorithm and public key. */
public record NoteKey(String name, Algorithm algorithm, Opaque publicKey) {
  /** C2SP signed-note, section Signature types: those that daypass verifies. */
  public enum Algorithm {
    /** Ed25519 over the note text. */
    ED25519(0x01),
    /** Timestamped Ed25519 cosignature of a checkpoint, C2SP tlog-cosignature. */
    ED25519_COSIGNATURE(0x04);

    private final byte type;

    Algorithm(int type) {
      this.type = (byte) type;
    }

    /** The signature type identifier byte. */
    public byte type() {
      return type;
    }
  }

  private static final int VKEY_ID_DIGITS = 8;

  public NoteKey {
    if (!StrictText.isKeyName(name)) {
      throw new IllegalArgumentException("a key name has no spaces and no plus");
    }
    if (publicKey.size() != Ed25519.PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException("an Ed25519 public key has 32 bytes");
    }
  }

  /** A log's own key: the 32 bytes are the public key of RFC 8032 section 5.1.5. */
  public static NoteKey ofEd25519(String name, byte[] publicKey) {
    return new NoteKey(name, Algorithm.ED25519, Opaque.of(publicKey));
  }

  /** A witness's key, C2SP tlog-cosignature. */
  public static NoteKey ofEd25519Cosigner(String name, byte[] publicKey) {
    return new NoteKey(name, Algorithm.ED25519_COSIGNATURE, Opaque.of(publicKey));
  }

  /** C2SP signed-note, section Verifier keys: {@code name+hex(key ID)+base64(type || key)}. */
  public static NoteKey parse(String vkey) throws TlogFormatException {
    StrictText.requireNoteCharacters(vkey);
    int idStart = vkey.indexOf('+') + 1;
    int keyStart = vkey.indexOf('+', idStart) + 1;
    if (idStart == 0 || keyStart == 0) {
      throw new TlogFormatException("a verifier key has three parts", vkey.length());
    }
    String name = vkey.substring(0, idStart - 1);
    if (!StrictText.isKeyName(name)) {
      throw new TlogFormatException("invalid key name", 0);
    }
    byte[] typed = StrictText.base64(vkey.substring(keyStart), keyStart);
    NoteKey key = ofTyped(name, typed, keyStart);
    if (!vkey.substring(idStart, keyStart - 1).equals(key.hexId())) {
      throw new TlogFormatException("key ID does not belong to the key", idStart);
    }
    return key;
  }

  private static NoteKey ofTyped(String name, byte[] typed, int offset) throws TlogFormatException {
    if (typed.length != 1 + Ed25519.PUBLIC_KEY_BYTES) {
      throw new TlogFormatException("not an Ed25519 public key", offset);
    }
    byte[] publicKey = Arrays.copyOfRange(typed, 1, typed.length);
    for (Algorithm algorithm : Algorithm.values()) {
      if (algorithm.type() == typed[0]) {
        return new NoteKey(name, algorithm, Opaque.of(publicKey));
      }
    }
    throw new TlogFormatException("unsupported signature type " + typed[0], offset);
  }

  public String vkey() {
    return name + "+" + hexId() + "+" + Opaque.of(typed()).base64();
  }

  /** C2SP signed-note: {@code SHA-256(name || 0x0A || type || public key)[:4]}, big-endian. */
  public int keyId() {
    byte[] named = StrictText.concat(StrictText.utf8(name + "\n"), typed());
    return ByteBuffer.wrap(Hash.sha256().digest(named)).getInt();
  }

  /**
   * Whether this key signed the note: it has a signature under this name and key ID, and every such
   * signature is good.
   */
  public boolean verifies(SignedNote note) {
    List<NoteSignature> own = note.signatures().stream().filter(this::isNamedBy).toList();
    return !own.isEmpty() && own.stream().allMatch(signature -> isGood(note.text(), signature));
  }

  boolean isNamedBy(NoteSignature signature) {
    return signature.keyId() == keyId() && signature.name().equals(name);
  }

  private boolean isGood(String text, NoteSignature signature) {
    byte[] blob = signature.blob().toArray();
    return switch (algorithm) {
      case ED25519 -> Ed25519.verifies(publicKey, StrictText.utf8(text), blob);
      case ED25519_COSIGNATURE -> Cosignature.verifies(publicKey, text, blob);
    };
  }

  private String hexId() {
    return HexFormat.of().toHexDigits(keyId(), VKEY_ID_DIGITS);
  }

  private byte[] typed() {
    return StrictText.concat(new byte[] {algorithm.type()}, publicKey.toArray());
  }
}
