package dev.daypass.login;

import dev.daypass.ssh.Bytes;

/**
 * What of an HTTP request is signed, as it came over the wire (DESIGN section 4, Requests).
 *
 * @param target the request-target with its query as sent, not decoded or normalised
 * @param contentType the header's value as sent, empty if there was none
 */
public record SignedRequest(String method, String target, String contentType, Bytes body) {
  /**
   * The canonical text under the signature.
   *
   * @param origin the configured public URL
   * @param time seconds since 1970
   * @param nonce base64url as in the header
   */
  Bytes text(String origin, long time, String nonce) {
    String body256 = body.sha256().hex();
    return Bytes.ofUtf8(
        String.join(
            "\n",
            "daypass-request-v1",
            method,
            origin,
            target,
            contentType,
            Long.toString(time),
            nonce,
            body256,
            ""));
  }

  /** Whether no part could pass for the end of its line. */
  boolean isUnambiguous() {
    return (method + target + contentType).chars().noneMatch(Character::isISOControl);
  }
}
