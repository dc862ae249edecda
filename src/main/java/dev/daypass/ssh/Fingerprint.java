package dev.daypass.ssh;

import java.util.Base64;

/** The SHA-256 of a plain key's blob, written as OpenSSH does: {@code SHA256:} and base64. */
public record Fingerprint(Bytes sha256) {
  private static final String PREFIX = "SHA256:";
  private static final int SIZE = 32;

  public Fingerprint {
    if (sha256.size() != SIZE) {
      throw new IllegalArgumentException("a fingerprint has 32 bytes, not " + sha256.size());
    }
  }

  public static Fingerprint parse(String text) throws SshFormatException {
    if (!text.startsWith(PREFIX)) {
      throw new SshFormatException("a fingerprint begins with " + PREFIX, 0);
    }
    // 32 bytes are 43 characters and one of padding, which OpenSSH leaves out.
    Bytes hash = Bytes.fromBase64Strict(text.substring(PREFIX.length()) + "=");
    if (hash.size() != SIZE) {
      throw new SshFormatException("a fingerprint has 32 bytes, not " + hash.size(), 0);
    }
    return new Fingerprint(hash);
  }

  @Override
  public String toString() {
    return PREFIX + Base64.getEncoder().withoutPadding().encodeToString(sha256.toArray());
  }
}
