package dev.daypass.ssh.signature;

import dev.daypass.ssh.NistCurve;

/** The signature schemes behind the wire's algorithm names, by what each provider calls them. */
enum SignatureScheme {
  RSA_SHA256("SHA256withRSA", "SHA256withRSA"),
  RSA_SHA512("SHA512withRSA", "SHA512withRSA"),
  ECDSA_P256("SHA256withECDSAinP1363Format", "SHA256withPLAIN-ECDSA"),
  ECDSA_P384("SHA384withECDSAinP1363Format", "SHA384withPLAIN-ECDSA"),
  ECDSA_P521("SHA512withECDSAinP1363Format", "SHA512withPLAIN-ECDSA"),
  ED25519("Ed25519", "Ed25519");

  private final String standardName;
  private final String bouncyCastleName;

  SignatureScheme(String standardName, String bouncyCastleName) {
    this.standardName = standardName;
    this.bouncyCastleName = bouncyCastleName;
  }

  String standardName() {
    return standardName;
  }

  String bouncyCastleName() {
    return bouncyCastleName;
  }

  static SignatureScheme of(NistCurve curve) {
    return switch (curve) {
      case P256 -> ECDSA_P256;
      case P384 -> ECDSA_P384;
      case P521 -> ECDSA_P521;
    };
  }
}
