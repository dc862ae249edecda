package dev.daypass.web.console.session;

import dev.daypass.login.LoginSecret;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.ssh.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A browser's way to an identity provider and back. The daemon keeps nothing of it, so that nobody
 * who begins many can push another's out: all that ties it together is made from a secret that the
 * browser keeps in a cookie. Whoever does not have that cookie has neither its state nor its code
 * verifier, and its OIDC nonce is in no other ID token (RFC 9700 section 4.7.1).
 *
 * @param provider the configured name, bound into each value: no answer of another is taken
 */
record Trip(LoginSecret secret, String provider, Destination destination) {
  /** No login's state begins so: a login's id has no dot, and 22 characters. */
  static final String PREFIX = "console.";

  static Optional<Trip> parse(String cookie) {
    String[] parts = cookie.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      String provider = text(parts[1]);
      Destination destination = Destination.of(text(parts[2]));
      return LoginSecret.parse(parts[0]).map(secret -> new Trip(secret, provider, destination));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The value of the cookie. */
  String cookie() {
    return secret.text()
        + "."
        + Bytes.ofUtf8(provider).base64Url()
        + "."
        + Bytes.ofUtf8(destination.path()).base64Url();
  }

  SignInSecrets secrets() {
    return new SignInSecrets(PREFIX + derived("state"), derived("nonce"), derived("verifier"));
  }

  private String derived(String use) {
    String text = String.join("\n", "daypass-console-trip-v1", use, provider, secret.text());
    return Bytes.ofUtf8(text).sha256().base64Url();
  }

  private static String text(String base64Url) {
    return new String(Base64.getUrlDecoder().decode(base64Url), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Trip to " + provider;
  }
}
