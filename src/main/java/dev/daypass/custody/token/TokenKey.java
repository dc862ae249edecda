package dev.daypass.custody.token;

import dev.daypass.custody.token.TokenModule.OpenKey;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.RsaHash;
import dev.daypass.ssh.signature.SignatureVerifier;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSignature;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A key that a PKCS#11 token holds. Sessions are kept for the next signature; after the token was
 * pulled they are opened anew, and with them the module if need be.
 */
public final class TokenKey implements SshSigner, AutoCloseable {
  private static final Bytes TRIAL = Bytes.ofUtf8("daypass: does the token hold this key?");
  private static final long PATIENCE_SECONDS = 10;

  private final TokenModule module;
  private final Place place;
  private final byte[] pin;
  private final TokenScheme scheme;
  private final SshPublicKey publicKey;

  /** As many threads as sessions. */
  private final ExecutorService hands;

  private final ConcurrentLinkedDeque<OpenKey> idle = new ConcurrentLinkedDeque<>();

  /** A token locks after a few wrong PINs, so a PIN that was refused is never shown again. */
  private final AtomicBoolean pinRefused = new AtomicBoolean();

  private TokenKey(
      TokenModule module, Place place, byte[] pin, TokenScheme scheme, SshPublicKey publicKey) {
    this.module = module;
    this.place = place;
    this.pin = pin;
    this.scheme = scheme;
    this.publicKey = publicKey;
    this.hands =
        Executors.newFixedThreadPool(
            place.sessions(), Thread.ofPlatform().daemon().name("token-", 0).factory());
  }

  /**
   * Which key of which token.
   *
   * @param token the token's label
   * @param key the private key's label
   * @param sessions at once
   */
  public record Place(Path module, String token, String key, int sessions) {}

  /**
   * The key of that public half.
   *
   * @throws IOException if the token is not there, refuses the PIN, or has no such key
   */
  public static TokenKey open(
      Tokens tokens, Place place, String pin, SshPublicKey publicKey, RsaHash rsaHash)
      throws IOException {
    TokenModule module = tokens.module(place.module());
    byte[] pinBytes = pin.getBytes(StandardCharsets.UTF_8);
    TokenScheme scheme = TokenScheme.of(publicKey, rsaHash);
    TokenKey key = new TokenKey(module, place, pinBytes, scheme, publicKey);
    try {
      if (SignatureVerifier.verify(publicKey, TRIAL, key.sign(TRIAL))) {
        return key;
      }
      throw new IOException(key + " is not the key of that public half");
    } catch (SigningException e) {
      key.close();
      throw new IOException(key + " cannot be used: " + cause(e).getMessage(), e);
    }
  }

  @Override
  public SshPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public SshSignature sign(Bytes message) throws SigningException {
    byte[] input = scheme.input(message);
    Future<byte[]> signature = hands.submit(() -> signed(input));
    try {
      return scheme.signature(signature.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      throw new SigningException("the token does not sign", cause(e));
    } catch (TimeoutException e) {
      signature.cancel(false);
      throw new SigningException("the token does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SigningException("interrupted while the token signs", e);
    }
  }

  @Override
  public void close() {
    hands.close();
    OpenKey open = idle.pollFirst();
    while (open != null) {
      module.close(open);
      open = idle.pollFirst();
    }
  }

  /** Names the key, never the PIN. */
  @Override
  public String toString() {
    return "the key " + place.key() + " of token " + place.token();
  }

  private byte[] signed(byte[] input) throws TokenFailed {
    @Nullable OpenKey kept = idle.pollFirst();
    if (kept != null) {
      try {
        return signed(kept, input);
      } catch (TokenFailed _) {
        // The token may have been pulled since.
      }
    }
    return signed(opened(), input);
  }

  private byte[] signed(OpenKey open, byte[] input) throws TokenFailed {
    try {
      byte[] signature = module.sign(open, scheme.mechanism(), input);
      idle.addFirst(open);
      return signature;
    } catch (TokenFailed e) {
      module.close(open);
      throw e;
    }
  }

  private OpenKey opened() throws TokenFailed {
    try {
      return openedAtOnce();
    } catch (TokenFailed e) {
      if (pinRefused.get()) {
        throw e;
      }
      module.restart();
      return openedAtOnce();
    }
  }

  private OpenKey openedAtOnce() throws TokenFailed {
    if (pinRefused.get()) {
      throw new TokenFailed("the token refused the PIN; it is not tried again before a restart");
    }
    try {
      return module.open(place.token(), place.key(), pin);
    } catch (TokenFailed e) {
      if (e.isAboutThePin()) {
        pinRefused.set(true);
      }
      throw e;
    }
  }

  private static Throwable cause(Exception e) {
    return e.getCause() == null ? e : e.getCause();
  }
}
