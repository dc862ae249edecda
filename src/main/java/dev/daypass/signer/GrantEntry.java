package dev.daypass.signer;

import dev.daypass.cert.CertificateType;
import dev.daypass.ssh.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final String TIME =
      "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z";

  /** 32 bytes in canonical base64url: the last character carries four bits. */
  private static final String SHA256 = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]";

  private static final Pattern TEXT =
      Pattern.compile(
          "\\{\"at\":\"%s\",\"commits\":\\{\"ssh\":\"(%s)\"},\"details\":\"%s\",\"kind\":\"(%s)\",\"v\":1}"
              .formatted(TIME, SHA256, SHA256, "certificate\\.granted|host-certificate\\.granted"));

  /** The grant in an entry's bytes; nothing if they are anything else. */
  static Optional<GrantEntry> read(Bytes entry) {
    if (entry.size() > MAX_BYTES) {
      return Optional.empty();
    }
    // ISO 8859-1 maps each byte to one character, so that no byte is lost before the match.
    Matcher text = TEXT.matcher(new String(entry.toArray(), StandardCharsets.ISO_8859_1));
    if (!text.matches()) {
      return Optional.empty();
    }
    boolean host = text.group(2).startsWith("host-");
    return Optional.of(
        new GrantEntry(host ? CertificateType.HOST : CertificateType.USER, text.group(1)));
  }

  /** Whether this is the grant of a certificate of that type with that commitment. */
  boolean grants(CertificateType asked, Bytes commitment) {
    return type == asked && commitSsh.equals(commitment.base64Url());
  }
}
