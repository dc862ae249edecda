package dev.daypass.oidc.jose;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The signatures that one key was lately found to have made, by the SHA-256 of algorithm, signed
 * bytes and signature. A token is sent again and again while it is good, and an RSA verification
 * takes twenty times as long as a hash.
 *
 * <p>Why this is safe: whether a key made a signature over given bytes never changes, so that what
 * was true once is true. Nothing else is remembered. The token is read anew each time; its times,
 * its audience, its single use, and whom it stands for are judged anew each time; and the memory
 * belongs to one {@link VerificationKey}, so that it is gone with the key: when a provider's keys
 * are fetched again, even the same key begins with an empty one. Only good signatures are kept, and
 * only whoever can find two inputs of one SHA-256 could have a bad one taken for good.
 *
 * <p>Bounded: each signature has one place, and a later one may take it. Safe for any thread; of
 * two that write one place either wins, and the other's signature is verified once more.
 */
final class VerifiedSignatures {
  private static final int PLACES = 4096;

  /** Never used but copied: to look a digest up takes longer than to copy it. */
  private static final MessageDigest SHA_256 = sha256();

  private final AtomicReferenceArray<byte @Nullable []> places = new AtomicReferenceArray<>(PLACES);

  /** What identifies a signature, unambiguously: the signed bytes hold two parts and one dot. */
  static byte[] identity(SignatureAlgorithm algorithm, byte[] signingInput, String signature) {
    MessageDigest digest = copyOf(SHA_256);
    digest.update(algorithm.wireName().getBytes(StandardCharsets.US_ASCII));
    digest.update((byte) '.');
    digest.update(signingInput);
    digest.update((byte) '.');
    return digest.digest(signature.getBytes(StandardCharsets.US_ASCII));
  }

  boolean contains(byte[] identity) {
    byte[] known = places.get(place(identity));
    return known != null && MessageDigest.isEqual(known, identity);
  }

  void add(byte[] identity) {
    places.set(place(identity), identity);
  }

  private static int place(byte[] identity) {
    return Math.floorMod(Arrays.hashCode(identity), PLACES);
  }

  private static MessageDigest copyOf(MessageDigest unused) {
    try {
      return (MessageDigest) unused.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's digests can be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java platform has SHA-256", e);
    }
  }
}
