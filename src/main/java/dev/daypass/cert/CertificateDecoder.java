package dev.daypass.cert;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.KeyLine;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.signature.SshSignature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads certificates of draft-ietf-sshm-cert-01 section 2.1 in the one form that {@link
 * Certificate#encode} writes: whatever decodes encodes to the same bytes.
 */
final class CertificateDecoder {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_LINE_LENGTH = 2 * MAX_BYTES;
  private static final int NONCE_BYTES = 32;

  /** OpenSSH's SSHKEY_CERT_MAX_PRINCIPALS. */
  private static final int MAX_PRINCIPALS = 256;

  /** The last second of the year 9999; what lies behind it means "for ever". */
  private static final long LAST_SECOND = 253_402_300_799L;

  private CertificateDecoder() {}

  static Certificate decode(Bytes blob) throws CertificateFormatException {
    if (blob.size() > MAX_BYTES) {
      throw new CertificateFormatException("a certificate has at most 64 KiB", MAX_BYTES);
    }
    try {
      WireReader reader = WireReader.of(blob);
      CertificateContent content = content(reader);
      SshSignature signature = SshSignature.decode(reader.nested());
      reader.requireEnd();
      requireAlgorithmOf(content.caKey().type(), signature);
      return new Certificate(content, signature);
    } catch (SshFormatException e) {
      throw new CertificateFormatException(e);
    }
  }

  static CertificateContent decodeContent(Bytes toBeSigned) throws CertificateFormatException {
    if (toBeSigned.size() > MAX_BYTES) {
      throw new CertificateFormatException("a certificate has at most 64 KiB", MAX_BYTES);
    }
    try {
      WireReader reader = WireReader.of(toBeSigned);
      CertificateContent content = content(reader);
      reader.requireEnd();
      return content;
    } catch (SshFormatException e) {
      throw new CertificateFormatException(e);
    }
  }

  static Certificate parse(String line) throws CertificateFormatException {
    try {
      return decode(KeyLine.parse(line, MAX_LINE_LENGTH).blob());
    } catch (SshFormatException e) {
      throw new CertificateFormatException(e);
    }
  }

  private static CertificateContent content(WireReader reader)
      throws SshFormatException, CertificateFormatException {
    SshKeyType keyType =
        SshKeyType.ofCertificateName(reader.text())
            .orElseThrow(() -> new CertificateFormatException("not a known certificate type", 0));
    // Locals, because the constructor's order is not the wire's.
    Bytes nonce = nonce(reader);
    SshPublicKey publicKey = SshPublicKey.decodeFields(keyType, reader);
    Serial serial = new Serial(reader.uint64());
    CertificateType type = type(reader);
    KeyId keyId = new KeyId(CertificateTexts.withoutNul(reader));
    List<Principal> principals = principals(reader.nested());
    ValidityWindow window = window(reader);
    CertificateOptions criticalOptions = CertificateOptions.decode(reader.nested());
    CertificateOptions extensions = CertificateOptions.decode(reader.nested());
    requireNothingReserved(reader);
    SshPublicKey caKey = SshPublicKey.decode(reader.nested());
    return new CertificateContent(
        type,
        nonce,
        publicKey,
        serial,
        keyId,
        principals,
        window,
        criticalOptions,
        extensions,
        caKey);
  }

  private static Bytes nonce(WireReader reader) throws SshFormatException {
    int start = reader.offset();
    Bytes nonce = reader.string();
    if (nonce.size() != NONCE_BYTES) {
      throw new SshFormatException("the nonce has 32 bytes, not " + nonce.size(), start);
    }
    return nonce;
  }

  private static CertificateType type(WireReader reader) throws SshFormatException {
    int start = reader.offset();
    long value = reader.uint32();
    for (CertificateType type : CertificateType.values()) {
      if (type.wireValue() == value) {
        return type;
      }
    }
    throw new SshFormatException("neither a user nor a host certificate", start);
  }

  private static List<Principal> principals(WireReader reader) throws SshFormatException {
    List<Principal> principals = new ArrayList<>();
    while (reader.remaining() > 0) {
      if (principals.size() == MAX_PRINCIPALS) {
        throw new SshFormatException("more than 256 principals", reader.offset());
      }
      principals.add(new Principal(CertificateTexts.withoutNul(reader)));
    }
    return principals;
  }

  private static ValidityWindow window(WireReader reader) throws SshFormatException {
    int start = reader.offset();
    Instant validAfter = second(reader);
    Instant validBefore = second(reader);
    if (!validAfter.isBefore(validBefore)) {
      throw new SshFormatException("the window ends before it begins", start);
    }
    return new ValidityWindow(validAfter, validBefore);
  }

  private static Instant second(WireReader reader) throws SshFormatException {
    int start = reader.offset();
    long seconds = reader.uint64();
    if (Long.compareUnsigned(seconds, LAST_SECOND) > 0) {
      throw new SshFormatException("a time means for ever", start);
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static void requireNothingReserved(WireReader reader) throws SshFormatException {
    int start = reader.offset();
    if (!reader.string().isEmpty()) {
      throw new SshFormatException("the reserved field is not empty", start);
    }
  }

  /** OpenSSH refuses a label that is not the CA key's own (sshkey_check_cert_sigtype). */
  private static void requireAlgorithmOf(SshKeyType caType, SshSignature signature)
      throws CertificateFormatException {
    if (!caType.signatureAlgorithms().contains(signature.algorithm())) {
      throw new CertificateFormatException("the signature's algorithm is not the CA key's", 0);
    }
  }
}
