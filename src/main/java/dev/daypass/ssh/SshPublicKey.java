package dev.daypass.ssh;

/** A plain public key (never a certificate) that passed every check of its type. */
public sealed interface SshPublicKey
    permits RsaPublicKey, EcdsaPublicKey, Ed25519PublicKey, SkEcdsaPublicKey, SkEd25519PublicKey {

  /** What {@link #parse} reads at most. */
  int MAX_LINE_LENGTH = 16 * 1024;

  SshKeyType type();

  /** The key's size as OpenSSH counts it: the modulus of RSA, the field of a curve. */
  int bits();

  /** What follows the type name in the blob, and the nonce in a certificate. */
  Bytes keyFields();

  /** The wire form (RFC 4253 section 6.6): type name, then fields. */
  default Bytes blob() {
    Bytes fields = keyFields();
    return new WireWriter(fields.size() + 48).text(type().wireName()).raw(fields).toBytes();
  }

  default Fingerprint fingerprint() {
    return new Fingerprint(blob().sha256());
  }

  /** The line of an authorized_keys or .pub file, without options and comment. */
  default String line() {
    return type().wireName() + " " + blob().base64();
  }

  /** The name in a role's {@code keys}. */
  default String policyName() {
    return type().policyName(bits());
  }

  /** Reads a plain key's blob; nothing may be left over. */
  static SshPublicKey decode(Bytes blob) throws SshFormatException {
    return PublicKeyCodec.decode(WireReader.of(blob));
  }

  /** Reads a plain key's blob up to the reader's end. */
  static SshPublicKey decode(WireReader reader) throws SshFormatException {
    return PublicKeyCodec.decode(reader);
  }

  /** Reads the fields of a key of this type, as they stand in a blob and in a certificate. */
  static SshPublicKey decodeFields(SshKeyType type, WireReader reader) throws SshFormatException {
    return PublicKeyCodec.decodeFields(type, reader);
  }

  /**
   * Reads one authorized_keys line: type, base64, perhaps a comment; at most 16 KiB, perhaps with
   * its final newline. Options, certificates, control characters, a second line, and a label that
   * differs from the blob are refused.
   */
  static SshPublicKey parse(String line) throws SshFormatException {
    return decode(KeyLine.parse(line, MAX_LINE_LENGTH).blob());
  }
}
