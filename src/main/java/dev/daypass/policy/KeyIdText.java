package dev.daypass.policy;

import dev.daypass.cert.KeyId;
import dev.daypass.identity.Username;
import dev.daypass.policy.role.RoleName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes key IDs: {@code USERNAME role=ROLE} (DESIGN section 5, CASES 43 and 44). */
public final class KeyIdText {

  static final int MAX_BYTES = 256;
  private static final String PLAIN = "._@+-";

  private KeyIdText() {}

  /** Empty if it would be longer than 256 bytes: a key ID is refused, never cut. */
  public static Optional<KeyId> of(Username username, RoleName role) {
    StringBuilder text = new StringBuilder();
    for (byte b : username.text().getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isPlain(c)) {
        text.append(c);
      } else {
        text.append('%').append(String.format("%02X", (int) c));
      }
    }
    text.append(" role=").append(role);
    return text.length() <= MAX_BYTES ? Optional.of(new KeyId(text.toString())) : Optional.empty();
  }

  private static boolean isPlain(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || PLAIN.indexOf(c) >= 0;
  }
}
