package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.sshd.common.config.keys.loader.openssh.kdf.BCrypt;

/**
 * Encrypts and decrypts the secret part of a key file: OpenSSH's default, aes256-ctr under bcrypt's
 * KDF.
 */
final class KeyFileEncryption {
  static final String CIPHER = "aes256-ctr";
  static final String KDF = "bcrypt";

  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 16;

  /** OpenSSH writes 16 or 24; this many take seconds, and a file must not take minutes. */
  private static final long MAX_ROUNDS = 1024;

  private static final int SALT_BYTES = 16;

  /** As ssh-keygen of OpenSSH 9.4 and later: a guess costs a good part of a second. */
  private static final int ROUNDS = 24;

  private KeyFileEncryption() {}

  /** A fresh salt and the rounds, as the KDF's options (PROTOCOL.key section 2). */
  static Bytes newKdfOptions() {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new WireWriter(32).string(Bytes.of(salt)).uint32(ROUNDS).toBytes();
  }

  static Bytes encrypt(Bytes kdfOptions, Bytes secrets, char[] passphrase) {
    try {
      return crypt(Cipher.ENCRYPT_MODE, WireReader.of(kdfOptions), secrets, passphrase);
    } catch (SshFormatException e) {
      throw new IllegalArgumentException("the passphrase is empty", e);
    }
  }

  static Bytes decrypt(WireReader kdfOptions, Bytes encrypted, char[] passphrase)
      throws SshFormatException {
    return crypt(Cipher.DECRYPT_MODE, kdfOptions, encrypted, passphrase);
  }

  private static Bytes crypt(int mode, WireReader kdfOptions, Bytes input, char[] passphrase)
      throws SshFormatException {
    int start = kdfOptions.offset();
    Bytes salt = kdfOptions.string();
    long rounds = kdfOptions.uint32();
    kdfOptions.requireEnd();
    if (salt.isEmpty() || rounds < 1 || rounds > MAX_ROUNDS || passphrase.length == 0) {
      throw new SshFormatException("the key file cannot be decrypted", start);
    }
    byte[] password = utf8(passphrase);
    byte[] derived = new byte[KEY_BYTES + IV_BYTES];
    try {
      new BCrypt().pbkdf(password, salt.toArray(), (int) rounds, derived);
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(derived, 0, KEY_BYTES, "AES"),
          new IvParameterSpec(derived, KEY_BYTES, IV_BYTES));
      return Bytes.of(cipher.doFinal(input.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each Java platform has AES in counter mode", e);
    } finally {
      Arrays.fill(password, (byte) 0);
      Arrays.fill(derived, (byte) 0);
    }
  }

  private static byte[] utf8(char[] passphrase) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }
}
