package dev.daypass.cert;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.SignatureVerifier;
import dev.daypass.ssh.signature.SshSignature;

/** A signed OpenSSH certificate (draft-ietf-sshm-cert-01 section 2.1.1). */
public record Certificate(CertificateContent content, SshSignature signature) {

  /** Reads a certificate's blob strictly; whether the signature is good it does not say. */
  public static Certificate decode(Bytes blob) throws CertificateFormatException {
    return CertificateDecoder.decode(blob);
  }

  /** Reads a line of a {@code -cert.pub} file: type, base64, perhaps a comment. */
  public static Certificate parse(String line) throws CertificateFormatException {
    return CertificateDecoder.parse(line);
  }

  public Bytes encode() {
    Bytes toBeSigned = content.toBeSigned();
    Bytes encodedSignature = signature.encode();
    return new WireWriter(toBeSigned.size() + encodedSignature.size() + 4)
        .raw(toBeSigned)
        .string(encodedSignature)
        .toBytes();
  }

  /** The line of a {@code -cert.pub} file without its newline; the comment must hold none. */
  public String line(String comment) {
    if (comment.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a comment holds no control character");
    }
    String line = content.publicKey().type().certificateName() + " " + encode().base64();
    return comment.isEmpty() ? line : line + " " + comment;
  }

  public boolean signatureVerifies() {
    return SignatureVerifier.verify(content.caKey(), content.toBeSigned(), signature);
  }
}
