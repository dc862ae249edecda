package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** OpenSSH's key file format (PROTOCOL.key sections 1 to 3), with exactly one key. */
final class PrivateKeyFile {
  private static final Bytes MAGIC = Bytes.ofUtf8("openssh-key-v1\0");
  private static final String NONE = "none";
  private static final int BLOCK_BYTES = 8;
  private static final int CIPHER_BLOCK_BYTES = 16;

  private PrivateKeyFile() {}

  static PrivateKeyMaterial decode(Bytes file, Optional<char[]> passphrase)
      throws SshFormatException {
    WireReader reader = WireReader.of(file);
    if (reader.remaining() < MAGIC.size() || !reader.raw(MAGIC.size()).equals(MAGIC)) {
      throw new SshFormatException("not an OpenSSH private key", 0);
    }
    String cipher = reader.text();
    String kdf = reader.text();
    WireReader kdfOptions = reader.nested();
    int start = reader.offset();
    if (reader.uint32() != 1) {
      throw new SshFormatException("a key file holds one key", start);
    }
    SshPublicKey publicKey = SshPublicKey.decode(reader.nested());
    Bytes secrets = reader.string();
    reader.requireEnd();
    PrivateKeyMaterial material;
    if (cipher.equals(NONE) && kdf.equals(NONE)) {
      kdfOptions.requireEnd();
      material = secrets(secrets, BLOCK_BYTES);
    } else if (cipher.equals(KeyFileEncryption.CIPHER) && kdf.equals(KeyFileEncryption.KDF)) {
      material = secrets(decrypted(kdfOptions, secrets, passphrase), CIPHER_BLOCK_BYTES);
    } else {
      throw new SshFormatException("the cipher is not supported; ssh-keygen -p changes it", start);
    }
    if (!material.publicKey().equals(publicKey)) {
      throw new SshFormatException("the two public keys differ", start);
    }
    return material;
  }

  /** Encrypted exactly if there is a passphrase. */
  static Bytes encode(PrivateKeyMaterial material, String comment, Optional<char[]> passphrase) {
    if (passphrase.isEmpty()) {
      return encode(
          material, NONE, NONE, Bytes.EMPTY, plainSecrets(material, comment, BLOCK_BYTES));
    }
    Bytes options = KeyFileEncryption.newKdfOptions();
    Bytes secrets =
        KeyFileEncryption.encrypt(
            options, plainSecrets(material, comment, CIPHER_BLOCK_BYTES), passphrase.get());
    return encode(material, KeyFileEncryption.CIPHER, KeyFileEncryption.KDF, options, secrets);
  }

  private static Bytes encode(
      PrivateKeyMaterial material, String cipher, String kdf, Bytes kdfOptions, Bytes secrets) {
    return new WireWriter(2048)
        .raw(MAGIC)
        .text(cipher)
        .text(kdf)
        .string(kdfOptions)
        .uint32(1)
        .string(material.publicKey().blob())
        .string(secrets)
        .toBytes();
  }

  private static Bytes plainSecrets(PrivateKeyMaterial material, String comment, int blockBytes) {
    WireWriter secrets = new WireWriter(1024);
    // The two equal numbers only show whether decryption worked.
    long check = Integer.toUnsignedLong(ThreadLocalRandom.current().nextInt());
    secrets.uint32(check).uint32(check).text(material.publicKey().type().wireName());
    material.writeFields(secrets);
    secrets.text(comment);
    for (int pad = 1; secrets.size() % blockBytes != 0; pad++) {
      secrets.uint8(pad);
    }
    return secrets.toBytes();
  }

  private static Bytes decrypted(WireReader kdfOptions, Bytes secrets, Optional<char[]> passphrase)
      throws SshFormatException {
    char[] given =
        passphrase.orElseThrow(
            () -> new SshFormatException("the key file needs its passphrase", 0));
    return KeyFileEncryption.decrypt(kdfOptions, secrets, given);
  }

  private static PrivateKeyMaterial secrets(Bytes secrets, int blockBytes)
      throws SshFormatException {
    WireReader reader = WireReader.of(secrets);
    long check = reader.uint32();
    if (reader.uint32() != check) {
      throw new SshFormatException("the passphrase is wrong, or the file damaged", 0);
    }
    SshKeyType type =
        SshKeyType.ofWireName(reader.text())
            .orElseThrow(() -> new SshFormatException("the key type is not supported", 8));
    PrivateKeyMaterial material = PrivateKeyMaterial.decodeFields(type, reader);
    reader.string();
    if (secrets.size() % blockBytes != 0 || reader.remaining() >= blockBytes) {
      throw new SshFormatException("wrong padding", reader.offset());
    }
    for (int pad = 1; reader.remaining() > 0; pad++) {
      if (reader.uint8() != pad) {
        throw new SshFormatException("wrong padding", reader.offset());
      }
    }
    return material;
  }
}
