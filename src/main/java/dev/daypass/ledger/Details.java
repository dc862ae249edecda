package dev.daypass.ledger;

import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.Bytes;
import java.util.random.RandomGenerator;

/**
 * The private part of an entry, canonical and salted. Without the salt a stranger could guess
 * details and compare hashes (DESIGN, section 6).
 */
record Details(Bytes encoded) {
  static final String SALT = "salt";

  private static final int SALT_BYTES = 16;

  static Details salted(JsonObject details, RandomGenerator random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    Bytes encoded =
        CanonicalJson.encode(details.toBuilder().put(SALT, Bytes.of(salt).base64Url()).build());
    if (encoded.size() > Draft.MAX_DETAILS_BYTES) {
      throw new IllegalArgumentException("details larger than 64 KiB");
    }
    return new Details(encoded);
  }

  Bytes hash() {
    return encoded.sha256();
  }
}
