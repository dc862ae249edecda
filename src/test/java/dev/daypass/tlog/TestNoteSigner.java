package dev.daypass.tlog;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;

/** A fresh Ed25519 key that signs notes and cosigns checkpoints. */
final class TestNoteSigner {
  private final KeyPair pair;
  private final String name;

  TestNoteSigner(String name) {
    this.name = name;
    try {
      this.pair =
          KeyPairGenerator.getInstance("Ed25519", AmazonCorrettoCryptoProvider.INSTANCE)
              .generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  NoteKey key() {
    return NoteKey.ofEd25519(name, publicKey());
  }

  NoteKey cosignerKey() {
    return NoteKey.ofEd25519Cosigner(name, publicKey());
  }

  NoteSignature sign(String text) {
    return NoteSignature.of(key(), raw(StrictText.utf8(text)));
  }

  /** C2SP tlog-cosignature, written out once more. */
  NoteSignature cosign(String text, long timestamp) {
    String message = "cosignature/v1\ntime " + timestamp + "\n" + text;
    ByteBuffer blob = ByteBuffer.allocate(72).putLong(timestamp);
    blob.put(raw(message.getBytes(StandardCharsets.UTF_8)));
    return NoteSignature.of(cosignerKey(), blob.array());
  }

  private byte[] publicKey() {
    byte[] spki = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(spki, spki.length - 32, spki.length);
  }

  private byte[] raw(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519", AmazonCorrettoCryptoProvider.INSTANCE);
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
