package dev.daypass.login.provider;

/**
 * What ties one trip of a browser to the identity provider together.
 *
 * @param state comes back in the callback
 * @param oidcNonce comes back in the ID token
 * @param codeVerifier of RFC 7636, sent with the code
 */
public record SignInSecrets(String state, String oidcNonce, String codeVerifier) {
  @Override
  public String toString() {
    return "(secrets)";
  }
}
