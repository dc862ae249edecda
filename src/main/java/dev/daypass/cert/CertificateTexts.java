package dev.daypass.cert;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.WireReader;
import java.util.Optional;

/** Texts inside certificates, read so that no two readers can differ. */
final class CertificateTexts {
  private CertificateTexts() {}

  /**
   * A text without NUL. OpenSSH drops one trailing NUL silently (sshbuf_get_cstring), so that
   * {@code root\0} opens what {@code root} opens and no comparison here would notice.
   */
  static String withoutNul(WireReader reader) throws SshFormatException {
    int start = reader.offset();
    String text = reader.text();
    if (text.indexOf('\0') >= 0) {
      throw new SshFormatException("text holds a NUL", start);
    }
    return text;
  }

  /** The one string that this option data wraps, if it wraps exactly one that is UTF-8. */
  static Optional<String> unwrapped(Bytes data) {
    return unwrappedUtf8(data).map(CertificateTexts::ofValidUtf8);
  }

  /** The same as the bytes that it has in UTF-8. */
  static Optional<Bytes> unwrappedUtf8(Bytes data) {
    if (data.isEmpty()) {
      return Optional.empty(); // a flag: too common to be found out by an exception
    }
    WireReader reader = WireReader.of(data);
    try {
      Bytes text = reader.string();
      reader.requireEnd();
      return Optional.of(text).filter(Bytes::isUtf8);
    } catch (SshFormatException _) {
      return Optional.empty();
    }
  }

  static String ofValidUtf8(Bytes bytes) {
    try {
      return bytes.utf8();
    } catch (SshFormatException e) {
      throw new IllegalStateException("was checked when it came in", e);
    }
  }
}
