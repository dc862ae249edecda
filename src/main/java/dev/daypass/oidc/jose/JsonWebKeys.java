package dev.daypass.oidc.jose;

import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A parsed JWK set (RFC 7517 section 5). Keys that cannot verify a token of ours are passed over,
 * as that section demands, and described.
 */
public final class JsonWebKeys {
  private static final int MAX_KEYS = 100;

  /** A key ID that several keys share is tried with so many of them. */
  private static final int MAX_CANDIDATES = 4;

  private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1,256}");

  private static final Set<String> READ =
      Set.of("kty", "use", "key_ops", "alg", "kid", "n", "e", "crv", "x", "y");

  private final List<VerificationKey> keys;
  private final List<String> descriptions;

  private JsonWebKeys(List<VerificationKey> keys, List<String> descriptions) {
    this.keys = List.copyOf(keys);
    this.descriptions = List.copyOf(descriptions);
  }

  /**
   * Reads the set as a provider publishes it.
   *
   * @throws JoseFormatException if it is no JWK set, too long, or holds no key that could verify
   */
  public static JsonWebKeys parse(byte[] utf8) throws JoseFormatException {
    if (!(StrictJson.object(utf8).get("keys") instanceof List<?> members)) {
      throw new JoseFormatException("no member \"keys\"", 0);
    }
    if (members.size() > MAX_KEYS) {
      throw new JoseFormatException("more than " + MAX_KEYS + " keys", 0);
    }
    List<VerificationKey> keys = new ArrayList<>();
    List<String> descriptions = new ArrayList<>();
    for (Object member : members) {
      String name = name(member);
      try {
        keys.add(key(member));
        descriptions.add(name);
      } catch (JoseFormatException e) {
        descriptions.add(name + ": not used: " + e.getMessage());
      }
    }
    if (keys.isEmpty()) {
      throw new JoseFormatException("no key that could verify a token", 0);
    }
    return new JsonWebKeys(keys, descriptions);
  }

  /**
   * The keys that may have made a token's signature: of its key ID, and without one the only key of
   * that shape (OpenID Connect Core section 10.1). Empty if there is none.
   */
  public List<VerificationKey> candidates(SignatureAlgorithm algorithm, Optional<String> keyId) {
    List<VerificationKey> fitting = keys.stream().filter(key -> key.fits(algorithm)).toList();
    if (keyId.isEmpty()) {
      return fitting.size() == 1 ? fitting : List.of();
    }
    return fitting.stream().filter(key -> key.keyId().equals(keyId)).limit(MAX_CANDIDATES).toList();
  }

  /** One line for each published key: its ID and type, and why it is not used, if so. */
  public List<String> descriptions() {
    return descriptions;
  }

  private static VerificationKey key(Object member) throws JoseFormatException {
    if (!(member instanceof Map<?, ?> fields)) {
      throw new JoseFormatException("no object", 0);
    }
    if (fields.containsKey("d") || fields.containsKey("k")) {
      throw new JoseFormatException("it publishes its private part", 0);
    }
    if (fields.containsKey("use") && !"sig".equals(fields.get("use"))) {
      throw new JoseFormatException("its use is not signatures", 0);
    }
    if (fields.get("key_ops") instanceof List<?> operations && !operations.contains("verify")) {
      throw new JoseFormatException("its operations do not include verifying", 0);
    }
    Object algorithm = fields.get("alg");
    if (algorithm != null
        && !(algorithm instanceof String text && SignatureAlgorithm.named(text).isPresent())) {
      throw new JoseFormatException("its algorithm is none of ours", 0);
    }
    Map<String, Object> read = new LinkedHashMap<>();
    fields.forEach((name, value) -> {
      if (name instanceof String text && READ.contains(text)) {
        read.put(text, value);
      }
    });
    try {
      return VerificationKey.of(JWK.parse(read));
    } catch (ParseException | IllegalArgumentException | ClassCastException e) {
      // Nimbus casts members before it looks at their type.
      throw new JoseFormatException("no valid public key", 0);
    }
  }

  private static String name(Object member) {
    if (!(member instanceof Map<?, ?> fields)) {
      return "?";
    }
    String keyId = fields.get("kid") instanceof String text ? printable(text) : "(no key ID)";
    return keyId + " " + (fields.get("kty") instanceof String type ? printable(type) : "(no type)");
  }

  /** A provider's text is going to stand on a terminal. */
  private static String printable(String text) {
    return PRINTABLE.matcher(text).matches() ? text : "(unprintable)";
  }
}
