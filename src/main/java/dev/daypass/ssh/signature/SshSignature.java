package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;

/**
 * A signature as RFC 4253 section 6.6 writes it.
 *
 * @param algorithm the signature algorithm, such as {@code rsa-sha2-512}
 * @param blob what the algorithm defines
 * @param trailer for security keys the flags byte and the counter (PROTOCOL.u2f, "SSH U2F
 *     signatures"), for others empty
 */
public record SshSignature(String algorithm, Bytes blob, Bytes trailer) {
  static final int TRAILER_BYTES = 5;
  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;

  public SshSignature {
    if (!trailer.isEmpty() && trailer.size() != TRAILER_BYTES) {
      throw new IllegalArgumentException("a trailer is a flags byte and a uint32");
    }
  }

  public static SshSignature of(String algorithm, Bytes blob) {
    return new SshSignature(algorithm, blob, Bytes.EMPTY);
  }

  /** Of an ECDSA signature as tokens give it: r and s side by side, of equal length. */
  public static SshSignature ofEcdsa(String algorithm, byte[] sideBySide) {
    return of(algorithm, EcdsaSignatureBlob.ofSideBySide(sideBySide));
  }

  public static SshSignature decode(Bytes encoded) throws SshFormatException {
    return decode(WireReader.of(encoded));
  }

  /**
   * Reads a signature up to the reader's end; a trailer stands exactly where the algorithm is a
   * security key's.
   */
  public static SshSignature decode(WireReader reader) throws SshFormatException {
    String algorithm = reader.text();
    Bytes blob = reader.string();
    boolean securityKey =
        SshKeyType.ofWireName(algorithm).map(SshKeyType::isSecurityKey).orElse(false);
    Bytes trailer = securityKey ? reader.raw(TRAILER_BYTES) : Bytes.EMPTY;
    reader.requireEnd();
    return new SshSignature(algorithm, blob, trailer);
  }

  public Bytes encode() {
    return new WireWriter(algorithm.length() + blob.size() + 16)
        .text(algorithm)
        .string(blob)
        .raw(trailer)
        .toBytes();
  }

  /** Whether a security key says that somebody touched it. */
  public boolean userPresent() {
    return hasFlag(USER_PRESENT);
  }

  /** Whether a security key says that it verified who touched it (PIN, finger). */
  public boolean userVerified() {
    return hasFlag(USER_VERIFIED);
  }

  private boolean hasFlag(int flag) {
    return !trailer.isEmpty() && (trailer.byteAt(0) & flag) != 0;
  }
}
