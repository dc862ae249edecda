package dev.daypass.fleet.host;

import dev.daypass.policy.host.HostName;
import dev.daypass.policy.host.Label;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The word with which one server joins once: {@code dpj1.} and base64url of lines that tell it its
 * name, its labels, the root key's fingerprint and the address, and a secret (DESIGN section 9).
 */
public final class JoinToken {
  private static final String PREFIX = "dpj1.";
  private static final Pattern FORM = Pattern.compile("dpj1\\.[A-Za-z0-9_-]{40,8192}");
  private static final int SECRET_BYTES = 32;

  private final String word;

  private JoinToken(String word) {
    this.word = word;
  }

  /**
   * Makes a token.
   *
   * @param random a secure one
   */
  static JoinToken make(
      HostName name,
      Map<String, String> labels,
      Fingerprint root,
      String url,
      Instant validUntil,
      RandomGenerator random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    StringBuilder lines = new StringBuilder();
    lines.append("name ").append(name).append('\n');
    Label.texts(labels).forEach(label -> lines.append("label ").append(label).append('\n'));
    lines.append("root ").append(root).append('\n');
    lines.append("url ").append(url).append('\n');
    lines.append("valid-until ").append(validUntil).append('\n');
    lines.append("secret ").append(Bytes.of(secret).base64Url()).append('\n');
    return new JoinToken(PREFIX + Bytes.ofUtf8(lines.toString()).base64Url());
  }

  /** A word that has a token's form; whether it is one, its hash tells. */
  public static Optional<JoinToken> parse(String word) {
    return FORM.matcher(word).matches() ? Optional.of(new JoinToken(word)) : Optional.empty();
  }

  /** The word, for the operator's eyes and the host's alone. */
  public String word() {
    return word;
  }

  /** What the daemon keeps of it. */
  Bytes sha256() {
    return Bytes.ofUtf8(word).sha256();
  }

  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
