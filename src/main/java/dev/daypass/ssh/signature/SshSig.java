package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;

/**
 * A signature over a message in a namespace (PROTOCOL.sshsig section 2).
 *
 * @param namespace what the signature is for; never empty, so that one made for one purpose cannot
 *     serve another
 */
public record SshSig(
    SshPublicKey publicKey, String namespace, SshSigHash hash, SshSignature signature) {
  private static final Bytes MAGIC = Bytes.ofUtf8("SSHSIG");
  private static final long VERSION = 1;

  public SshSig {
    if (namespace.isEmpty() || namespace.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a namespace is not empty and holds no NUL");
    }
  }

  /** Signs with SHA-512, as daypass demands of every signature that it takes. */
  public static SshSig sign(SshSigner signer, String namespace, Bytes message)
      throws SigningException {
    return sign(signer, namespace, SshSigHash.SHA512, message);
  }

  static SshSig sign(SshSigner signer, String namespace, SshSigHash hash, Bytes message)
      throws SigningException {
    SshSignature signature = signer.sign(signedData(namespace, hash, message));
    return new SshSig(signer.publicKey(), namespace, hash, signature);
  }

  /** Reads the blob of PROTOCOL.sshsig section 2; a certificate in place of the key is refused. */
  public static SshSig decode(Bytes blob) throws SshFormatException {
    WireReader reader = WireReader.of(blob);
    if (!reader.raw(MAGIC.size()).equals(MAGIC)) {
      throw new SshFormatException("no SSHSIG magic", 0);
    }
    if (reader.uint32() != VERSION) {
      throw new SshFormatException("not SSHSIG version 1", MAGIC.size());
    }
    SshPublicKey key = SshPublicKey.decode(reader.nested());
    int start = reader.offset();
    String namespace = reader.text();
    if (namespace.isEmpty() || namespace.indexOf('\0') >= 0) {
      throw new SshFormatException("the namespace is empty or holds a NUL", start);
    }
    if (!reader.string().isEmpty()) {
      throw new SshFormatException("the reserved field is not empty", start);
    }
    SshSigHash hash =
        SshSigHash.ofWireName(reader.text())
            .orElseThrow(() -> new SshFormatException("the hash is not sha256 or sha512", start));
    SshSignature signature = SshSignature.decode(reader.nested());
    reader.requireEnd();
    return new SshSig(key, namespace, hash, signature);
  }

  /** Reads the text form of PROTOCOL.sshsig section 1. */
  public static SshSig parseArmored(String text) throws SshFormatException {
    return decode(Armor.SSH_SIGNATURE.parse(text));
  }

  public Bytes encode() {
    return new WireWriter(512)
        .raw(MAGIC)
        .uint32(VERSION)
        .string(publicKey.blob())
        .text(namespace)
        .string(Bytes.EMPTY)
        .text(hash.wireName())
        .string(signature.encode())
        .toBytes();
  }

  public String armored() {
    return Armor.SSH_SIGNATURE.text(encode());
  }

  /**
   * Whether this is the key's signature over the message in exactly this namespace. A security key
   * must have been touched and made for {@code ssh:}.
   */
  public boolean verifies(String expectedNamespace, Bytes message) {
    return namespace.equals(expectedNamespace)
        && SignatureVerifier.verifyPresent(
            publicKey, signedData(namespace, hash, message), signature);
  }

  /** PROTOCOL.sshsig section 3: what the key signs; unlike the blob it holds no version. */
  private static Bytes signedData(String namespace, SshSigHash hash, Bytes message) {
    return new WireWriter(128)
        .raw(MAGIC)
        .text(namespace)
        .string(Bytes.EMPTY)
        .text(hash.wireName())
        .string(hash.digest(message))
        .toBytes();
  }
}
