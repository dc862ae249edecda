package dev.daypass.oidc.jose;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The protected header of a signed token, as far as daypass listens to it (RFC 7515 section 4.1).
 *
 * @param algorithm absent if {@code alg} names none of ours ({@code none} and {@code HS256} are
 *     such names)
 * @param keyId {@code kid}: a name to look up in the issuer's own key set and nothing else
 * @param type {@code typ} as written
 */
public record JoseHeader(
    Optional<SignatureAlgorithm> algorithm, Optional<String> keyId, Optional<String> type) {

  private static final int MAX_KEY_ID_CHARS = 256;

  /**
   * Members that change what is verified, or with which key: extensions that must be understood
   * (RFC 7515 section 4.1.11, RFC 7797), keys brought or pointed to by the token itself (RFC 8725
   * section 3.10), and everything of encryption and compression (RFC 7516).
   */
  private static final Set<String> REFUSED =
      Set.of(
          "crit", "b64", "jku", "jwk", "x5u", "x5c", "zip", "enc", "epk", "apu", "apv", "iv", "tag",
          "p2s", "p2c", "cty");

  static JoseHeader of(Map<String, Object> members) throws JoseFormatException {
    for (String name : REFUSED) {
      if (members.containsKey(name)) {
        throw new JoseFormatException("the header member \"" + name + "\" is refused", 0);
      }
    }
    Optional<String> algorithm = text(members, "alg");
    if (algorithm.isEmpty()) {
      throw new JoseFormatException("the header names no algorithm", 0);
    }
    Optional<String> keyId = text(members, "kid");
    if (keyId.isPresent() && keyId.get().length() > MAX_KEY_ID_CHARS) {
      throw new JoseFormatException("the key ID is too long", 0);
    }
    return new JoseHeader(
        algorithm.flatMap(SignatureAlgorithm::named), keyId, text(members, "typ"));
  }

  private static Optional<String> text(Map<String, Object> members, String name)
      throws JoseFormatException {
    Object value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw new JoseFormatException("the header member \"" + name + "\" is no string", 0);
  }
}
