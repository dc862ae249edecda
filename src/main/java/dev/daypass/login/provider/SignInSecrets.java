package dev.daypass.login.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What ties one trip of a browser to the identity provider together.
 *
 * @param state comes back in the callback
 * @param oidcNonce comes back in the ID token
 * @param codeVerifier of RFC 7636, sent with the code
 */
public record SignInSecrets(String state, String oidcNonce, String codeVerifier) {
  /** Whether the browser brought back this state; the time that takes tells nothing of it. */
  public boolean isState(String given) {
    return MessageDigest.isEqual(
        state.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "(secrets)";
  }
}
