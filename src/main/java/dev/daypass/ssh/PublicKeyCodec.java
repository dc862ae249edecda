package dev.daypass.ssh;

import java.util.List;
import java.util.function.IntPredicate;

/** Reads plain public keys from blobs and lines. */
final class PublicKeyCodec {
  private static final int MAX_LINE_LENGTH = 16 * 1024;

  private PublicKeyCodec() {}

  static SshPublicKey decode(Bytes blob) throws SshFormatException {
    WireReader reader = WireReader.of(blob);
    String name = reader.text();
    if (SshKeyType.ofCertificateName(name).isPresent()) {
      throw new SshFormatException("this is a certificate, not a plain key", 0);
    }
    SshKeyType type =
        SshKeyType.ofWireName(name)
            .orElseThrow(() -> new SshFormatException("the key type is not supported", 0));
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

  static SshPublicKey parse(String line) throws SshFormatException {
    if (line.length() > MAX_LINE_LENGTH) {
      throw new SshFormatException("a key line has at most 16 KiB", MAX_LINE_LENGTH);
    }
    String content = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    refuse(content, c -> Character.isISOControl(c) && c != '\t', "control character");
    refuse(content, c -> Character.getType(c) == Character.SURROGATE, "lone surrogate");
    List<String> fields = List.of(content.split("[ \t]+", 3));
    if (fields.size() < 2) {
      throw new SshFormatException("a key line is a type and base64", 0);
    }
    Bytes blob = Bytes.fromBase64Strict(fields.get(1));
    String label = WireReader.of(blob).text();
    if (!label.equals(fields.getFirst())) {
      throw new SshFormatException("the line's key type is not the blob's", 0);
    }
    return decode(blob);
  }

  private static Bytes point(SshKeyType type, WireReader reader) throws SshFormatException {
    int start = reader.offset();
    if (!reader.text().equals(NistCurve.of(type).wireName())) {
      throw new SshFormatException("the curve is not the key type's", start);
    }
    return reader.string();
  }

  private static void refuse(String line, IntPredicate refused, String what)
      throws SshFormatException {
    int[] codePoints = line.codePoints().toArray();
    for (int i = 0; i < codePoints.length; i++) {
      if (refused.test(codePoints[i])) {
        throw new SshFormatException("the key line holds a " + what, i);
      }
    }
  }
}
