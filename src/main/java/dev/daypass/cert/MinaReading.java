package dev.daypass.cert;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.u2f.SecurityKeyPublicKey;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.buffer.keys.BufferPublicKeyParser;
import org.apache.sshd.common.util.buffer.keys.OpenSSHCertPublicKeyParser;

/**
 * A certificate as Apache MINA reads it.
 *
 * @param publicKey the certified key's blob, written by MINA
 * @param signedTail what the CA signed from the serial on
 */
record MinaReading(OpenSshCertificate certificate, Bytes publicKey, Bytes signedTail) {

  static MinaReading of(Bytes encoded) throws GeneralSecurityException {
    Buffer buffer = new ByteArrayBuffer(encoded.toArray());
    SshKeyType type =
        SshKeyType.ofCertificateName(buffer.getString())
            .orElseThrow(() -> new GeneralSecurityException("unknown type"));
    byte[] nonce = buffer.getBytes();
    PublicKey key = BufferPublicKeyParser.DEFAULT.getRawPublicKey(type.wireName(), buffer);
    Bytes rest = encoded.slice(buffer.rpos(), encoded.size());
    OpenSshCertificate certificate = certificate(type, nonce, key, rest);
    // What follows the signed bytes is the signature as a string.
    int signature = 4 + certificate.getSignature().length;
    return new MinaReading(certificate, blob(key), rest.slice(0, rest.size() - signature));
  }

  static Bytes blob(PublicKey key) {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    return Bytes.of(buffer.getCompactData());
  }

  /**
   * MINA's certificate parser knows no security keys, only its key parser does. It gets the plain
   * key inside in their place, before the same bytes.
   */
  private static OpenSshCertificate certificate(
      SshKeyType type, byte[] nonce, PublicKey key, Bytes rest) throws GeneralSecurityException {
    PublicKey plain = key instanceof SecurityKeyPublicKey<?> sk ? sk.getDelegatePublicKey() : key;
    SshKeyType plainType =
        switch (type) {
          case SK_ECDSA_P256 -> SshKeyType.ECDSA_P256;
          case SK_ED25519 -> SshKeyType.ED25519;
          case RSA, ECDSA_P256, ECDSA_P384, ECDSA_P521, ED25519 -> type;
        };
    Bytes blob = blob(plain);
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putBytes(nonce);
    buffer.putRawBytes(blob.slice(4 + plainType.wireName().length(), blob.size()).toArray());
    buffer.putRawBytes(rest.toArray());
    return OpenSSHCertPublicKeyParser.INSTANCE.getRawPublicKey(plainType.certificateName(), buffer);
  }
}
