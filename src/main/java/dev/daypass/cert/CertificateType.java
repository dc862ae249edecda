package dev.daypass.cert;

/** What a certificate vouches for (draft-ietf-sshm-cert-01 section 4.1). */
public enum CertificateType {
  USER(1),
  HOST(2);

  private final int wireValue;

  CertificateType(int wireValue) {
    this.wireValue = wireValue;
  }

  int wireValue() {
    return wireValue;
  }
}
