package dev.daypass.ssh;

/** Reads plain public keys from blobs. */
final class PublicKeyCodec {
  private PublicKeyCodec() {}

  static SshPublicKey decode(WireReader reader) throws SshFormatException {
    int start = reader.offset();
    String name = reader.text();
    if (SshKeyType.ofCertificateName(name).isPresent()) {
      throw new SshFormatException("this is a certificate, not a plain key", start);
    }
    SshKeyType type =
        SshKeyType.ofWireName(name)
            .orElseThrow(() -> new SshFormatException("the key type is not supported", start));
    SshPublicKey key = decodeFields(type, reader);
    reader.requireEnd();
    return key;
  }

  static SshPublicKey decodeFields(SshKeyType type, WireReader reader) throws SshFormatException {
    int start = reader.offset();
    try {
      return switch (type) {
        case RSA -> new RsaPublicKey(reader.mpint(), reader.mpint());
        case ECDSA_P256, ECDSA_P384, ECDSA_P521 -> new EcdsaPublicKey(type, point(type, reader));
        case ED25519 -> new Ed25519PublicKey(reader.string());
        case SK_ECDSA_P256 -> new SkEcdsaPublicKey(point(type, reader), reader.text());
        case SK_ED25519 -> new SkEd25519PublicKey(reader.string(), reader.text());
      };
    } catch (IllegalArgumentException e) {
      throw new SshFormatException("unsound key: " + e.getMessage(), start, e);
    }
  }

  private static Bytes point(SshKeyType type, WireReader reader) throws SshFormatException {
    int start = reader.offset();
    if (!reader.text().equals(NistCurve.of(type).wireName())) {
      throw new SshFormatException("the curve is not the key type's", start);
    }
    return reader.string();
  }
}
