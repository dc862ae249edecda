package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.NistCurve;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import java.math.BigInteger;
import java.util.Arrays;

/** Two forms of an ECDSA signature: the wire's two mpints, and r and s side by side (P1363). */
final class EcdsaSignatureBlob {
  private EcdsaSignatureBlob() {}

  /** RFC 5656 section 3.1.2: mpint r, mpint s. */
  static Bytes ofSideBySide(byte[] signature) {
    int half = signature.length / 2;
    return new WireWriter(signature.length + 16)
        .mpint(new BigInteger(1, signature, 0, half))
        .mpint(new BigInteger(1, signature, half, half))
        .toBytes();
  }

  static byte[] toSideBySide(Bytes blob, NistCurve curve) throws SshFormatException {
    WireReader reader = WireReader.of(blob);
    byte[] both = new byte[2 * curve.fieldBytes()];
    place(reader.mpint(), both, curve.fieldBytes());
    place(reader.mpint(), both, both.length);
    reader.requireEnd();
    return both;
  }

  /** Writes the number so that it ends at this offset. */
  private static void place(BigInteger number, byte[] both, int end) throws SshFormatException {
    int half = both.length / 2;
    byte[] bytes = number.toByteArray();
    byte[] magnitude = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    if (magnitude.length > half) {
      throw new SshFormatException("a half of the signature is too long", 0);
    }
    System.arraycopy(magnitude, 0, both, end - magnitude.length, magnitude.length);
  }
}
