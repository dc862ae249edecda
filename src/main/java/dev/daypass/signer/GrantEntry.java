package dev.daypass.signer;

import dev.daypass.cert.CertificateType;
import dev.daypass.ssh.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The signer's own reader of the two kinds of entry that it acts on (DESIGN section 6, Entry).
 *
 * <p>Canonical JSON leaves such an entry no freedom but its values, so the whole text is matched
 * against that one form: nothing else can be read into the bytes.
 *
 * @param commitSsh base64url of the hash of the certificate's to-be-signed bytes
 */
record GrantEntry(CertificateType type, String commitSsh) {
  private static final int MAX_BYTES = 1024;

  /** The form of a time, 0 for any digit. */
  private static final String TIME = "0000-00-00T00:00:00.000Z";

  /** 32 bytes in base64url without padding. */
  private static final int SHA256_CHARACTERS = 43;

  /** The last of them carries four bits, the other two are zero in its canonical form. */
  private static final String LAST_CHARACTERS = "AEIMQUYcgkosw048";

  private static final String USER_KIND = "certificate.granted";
  private static final String HOST_KIND = "host-certificate.granted";

  /** The grant in an entry's bytes; nothing if they are anything else. */
  static Optional<GrantEntry> read(Bytes entry) {
    if (entry.size() > MAX_BYTES) {
      return Optional.empty();
    }
    // ISO 8859-1 maps each byte to one character, so that no byte is lost before the match.
    return new Reading(new String(entry.toArray(), StandardCharsets.ISO_8859_1)).grant();
  }

  /** Whether this is the grant of a certificate of that type with that commitment. */
  boolean grants(CertificateType asked, Bytes commitment) {
    return type == asked && commitSsh.equals(commitment.base64Url());
  }

  /** One pass over the text: each step takes what the form has next, or the text is not it. */
  private static final class Reading {
    private final String text;
    private int position;

    Reading(String text) {
      this.text = text;
    }

    Optional<GrantEntry> grant() {
      if (!takes("{\"at\":\"") || !takesTime() || !takes("\",\"commits\":{\"ssh\":\"")) {
        return Optional.empty();
      }
      int commit = position;
      if (!takesSha256() || !takes("\"},\"details\":\"") || !takesSha256()) {
        return Optional.empty();
      }
      boolean host = text.startsWith("\",\"kind\":\"" + HOST_KIND, position);
      boolean rest =
          takes("\",\"kind\":\"" + (host ? HOST_KIND : USER_KIND) + "\",\"v\":1}")
              && position == text.length();
      return rest
          ? Optional.of(
              new GrantEntry(
                  host ? CertificateType.HOST : CertificateType.USER,
                  text.substring(commit, commit + SHA256_CHARACTERS)))
          : Optional.empty();
    }

    private boolean takes(String literal) {
      boolean there = text.startsWith(literal, position);
      position += literal.length();
      return there;
    }

    private boolean takesTime() {
      boolean fits = text.length() - position >= TIME.length();
      for (int i = 0; fits && i < TIME.length(); i++) {
        char wanted = TIME.charAt(i);
        char c = text.charAt(position + i);
        fits = wanted == '0' ? (c >= '0' && c <= '9') : c == wanted;
      }
      position += TIME.length();
      return fits;
    }

    private boolean takesSha256() {
      int last = position + SHA256_CHARACTERS - 1;
      boolean fits = last < text.length() && LAST_CHARACTERS.indexOf(text.charAt(last)) >= 0;
      for (int i = position; fits && i < last; i++) {
        fits = isBase64Url(text.charAt(i));
      }
      position = last + 1;
      return fits;
    }

    private static boolean isBase64Url(char c) {
      return (c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || (c >= '0' && c <= '9')
          || c == '-'
          || c == '_';
    }
  }
}
