package dev.daypass.identity;

/** Port: verifies a bearer token of any configured issuer and says whom it stands for. */
public interface TokenAuthenticator {

  /**
   * Never throws on a bad token: whatever is wrong with it is an {@link Authentication.Refused}.
   */
  Authentication authenticate(String bearerToken);
}
