package dev.daypass.oidc.jose;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A signed token in compact serialization (RFC 7515 section 3.1), read and not yet verified. Its
 * text form tells nothing of it.
 */
public final class CompactJws {
  /** Longer tokens are refused unread (CASES 51). */
  public static final int MAX_CHARS = 16 * 1024;

  private final JoseHeader header;
  private final Map<String, Object> payload;
  private final byte[] signingInput;
  private final Base64URL signature;

  private CompactJws(
      JoseHeader header, Map<String, Object> payload, byte[] signingInput, Base64URL signature) {
    this.header = header;
    this.payload = payload;
    this.signingInput = signingInput;
    this.signature = signature;
  }

  /**
   * Reads a token whose payload is a JSON object (RFC 7519 section 7.2).
   *
   * @throws JoseFormatException if it is not exactly three parts of canonical base64url around
   *     strict JSON, or its header holds what is refused
   */
  public static CompactJws parse(String token) throws JoseFormatException {
    if (token.length() > MAX_CHARS) {
      throw new JoseFormatException("longer than " + MAX_CHARS + " characters", MAX_CHARS);
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      throw new JoseFormatException("not three parts", 0);
    }
    byte[] headerJson = Base64UrlText.decode(token, 0, first);
    byte[] payloadJson = Base64UrlText.decode(token, first + 1, second);
    Base64UrlText.decode(token, second + 1, token.length());
    return new CompactJws(
        JoseHeader.of(StrictJson.object(headerJson)),
        StrictJson.object(payloadJson),
        token.substring(0, second).getBytes(StandardCharsets.US_ASCII),
        new Base64URL(token.substring(second + 1)));
  }

  public JoseHeader header() {
    return header;
  }

  /** The claims, by nobody vouched for until {@link #verifies} has said so. */
  public Map<String, Object> payload() {
    return payload;
  }

  /** Whether that key made the signature with the algorithm that the header names. */
  public boolean verifies(VerificationKey key) {
    return header.algorithm().isPresent()
        && key.verifies(header.algorithm().get(), signingInput, signature);
  }

  /** The header's algorithm and nothing that could identify or be used. */
  @Override
  public String toString() {
    return "CompactJws[" + header.algorithm().map(SignatureAlgorithm::wireName).orElse("?") + "]";
  }
}
