package dev.daypass.cert;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.u2f.SecurityKeyPublicKey;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.buffer.keys.BufferPublicKeyParser;
import org.apache.sshd.common.util.buffer.keys.OpenSSHCertPublicKeyParser;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as Apache MINA reads it.
 *
 * @param publicKey the certified key's blob, written by MINA
 * @param signedTail what the CA signed from the serial on
 */
record MinaReading(OpenSshCertificate certificate, Bytes publicKey, Bytes signedTail) {

  static MinaReading of(Bytes encoded) throws GeneralSecurityException {
    Buffer buffer = new CaKeyBuffer(encoded.toArray());
    SshKeyType type =
        SshKeyType.ofCertificateName(buffer.getString())
            .orElseThrow(() -> new GeneralSecurityException("unknown type"));
    if (type.isSecurityKey()) {
      return ofSecurityKey(type, buffer, encoded);
    }
    OpenSshCertificate certificate =
        OpenSSHCertPublicKeyParser.INSTANCE.getRawPublicKey(type.certificateName(), buffer);
    Bytes publicKey = blob(certificate.getCertPubKey());
    Bytes signed = Bytes.of(certificate.getMessage());
    int name = 4 + type.certificateName().length();
    int nonce = 4 + certificate.getNonce().length;
    int fields = publicKey.size() - 4 - type.wireName().length();
    return new MinaReading(
        certificate, publicKey, signed.slice(name + nonce + fields, signed.size()));
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
  private static MinaReading ofSecurityKey(SshKeyType type, Buffer buffer, Bytes encoded)
      throws GeneralSecurityException {
    byte[] nonce = buffer.getBytes();
    PublicKey key = BufferPublicKeyParser.DEFAULT.getRawPublicKey(type.wireName(), buffer);
    Bytes rest = encoded.slice(buffer.rpos(), encoded.size());
    if (!(key instanceof SecurityKeyPublicKey<?> securityKey)) {
      throw new GeneralSecurityException("no security key");
    }
    Bytes plain = blob(securityKey.getDelegatePublicKey());
    SshKeyType plainType =
        type == SshKeyType.SK_ED25519 ? SshKeyType.ED25519 : SshKeyType.ECDSA_P256;
    ByteArrayBuffer spliced = new CaKeyBuffer(new byte[0]);
    spliced.putBytes(nonce);
    spliced.putRawBytes(plain.slice(4 + plainType.wireName().length(), plain.size()).toArray());
    spliced.putRawBytes(rest.toArray());
    OpenSshCertificate certificate =
        OpenSSHCertPublicKeyParser.INSTANCE.getRawPublicKey(plainType.certificateName(), spliced);
    // What follows the signed bytes is the signature as a string.
    int signature = 4 + certificate.getSignature().length;
    return new MinaReading(certificate, blob(key), rest.slice(0, rest.size() - signature));
  }

  /** What MINA made of the bytes of a CA key. */
  private record CaKey(Bytes blob, PublicKey read) {}

  /**
   * MINA's buffer, that reads the bytes of one CA key once: they are the same in each certificate,
   * and to see that an Ed25519 point is on its curve takes a square root each time.
   */
  private static final class CaKeyBuffer extends ByteArrayBuffer {
    private static final AtomicReference<@Nullable CaKey> LAST = new AtomicReference<>();

    CaKeyBuffer(byte[] content) {
      super(content);
    }

    @Override
    public PublicKey getPublicKey(BufferPublicKeyParser<? extends PublicKey> parser)
        throws SshException {
      int start = rpos();
      Bytes blob = Bytes.of(getBytes());
      CaKey last = LAST.get();
      if (last != null && last.blob().equals(blob)) {
        return last.read();
      }
      rpos(start);
      PublicKey read = super.getPublicKey(parser);
      LAST.set(new CaKey(blob, read));
      return read;
    }
  }
}
