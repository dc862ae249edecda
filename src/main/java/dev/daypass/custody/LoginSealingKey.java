package dev.daypass.custody;

import dev.daypass.login.LoginId;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.store.SealedToken;
import dev.daypass.login.store.TokenSealer;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that seals refresh tokens at rest (DESIGN section 4, Re-check): AES-256-GCM with a random
 * 96-bit nonce (NIST SP 800-38D section 8.2.2), bound to the login by its id as additional data.
 * Whoever has the store alone reads no token.
 */
public final class LoginSealingKey implements TokenSealer {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random;

  private LoginSealingKey(byte[] key, SecureRandom random) {
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  /** Reads the key, or makes it if there is none; the file is 0600 and holds 32 bytes. */
  public static LoginSealingKey open(Path file, SecureRandom random) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] fresh = new byte[KEY_BYTES];
      random.nextBytes(fresh);
      PrivateFile.create(file, fresh);
    }
    PrivateFile.requirePrivate(file);
    byte[] key = Files.size(file) == KEY_BYTES ? Files.readAllBytes(file) : new byte[0];
    if (key.length != KEY_BYTES) {
      throw new IOException(
          file + " does not hold 32 bytes; remove it, and everybody logs in again");
    }
    return new LoginSealingKey(key, random);
  }

  @Override
  public SealedToken seal(RefreshToken token, LoginId login) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, login);
      byte[] sealed = cipher.doFinal(token.reveal().getBytes(StandardCharsets.UTF_8));
      return new SealedToken(Bytes.of(nonce).concat(Bytes.of(sealed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM cannot be used", e);
    }
  }

  @Override
  public Optional<RefreshToken> unseal(SealedToken token, LoginId login) {
    byte[] bytes = token.sealed().toArray();
    if (bytes.length <= NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), login);
      byte[] text = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
      return Optional.of(RefreshToken.of(new String(text, StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce, LoginId login) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(login.text().getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }
}
