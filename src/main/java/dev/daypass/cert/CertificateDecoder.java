package dev.daypass.cert;

import dev.daypass.ssh.Bytes;

/** The strict decoder. */
final class CertificateDecoder {
  private CertificateDecoder() {}

  static Certificate decode(Bytes blob) throws CertificateFormatException {
    throw new UnsupportedOperationException();
  }

  static Certificate parse(String line) throws CertificateFormatException {
    throw new UnsupportedOperationException();
  }
}
