package dev.daypass.login;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.signature.SshSig;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a header that carries a request's signature (DESIGN section 4, Requests): {@code
 * SSHSIG v=1,t=<unix>,n=<16 bytes b64url>,s=<base64 SSHSIG blob>}, in exactly this form.
 *
 * @param time seconds since 1970
 * @param nonce 16 bytes as canonical base64url
 */
record RequestHeader(long time, String nonce, SshSig signature) {
  /** An RSA-16384 key with its signature has 6 kB. */
  private static final int MAX_CHARACTERS = 8 * 1024;

  /**
   * The last of a nonce's 22 characters carries two bits. What follows {@code s=} is judged by the
   * strict base64 decoder, which is faster at that than a pattern.
   */
  private static final Pattern FORM =
      Pattern.compile("SSHSIG v=1,t=([1-9][0-9]{0,11}),n=([A-Za-z0-9_-]{21}[AQgw]),s=(.+)");

  /** Nothing if the value is in any other form, or holds no SSHSIG by a plain key. */
  static Optional<RequestHeader> parse(String value) {
    if (value.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(value);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      SshSig signature = SshSig.decode(Bytes.fromBase64Strict(form.group(3)));
      return Optional.of(
          new RequestHeader(Long.parseLong(form.group(1)), form.group(2), signature));
    } catch (SshFormatException _) {
      return Optional.empty();
    }
  }
}
