package dev.daypass.login.provider;

import dev.daypass.identity.Identity;
import java.util.List;
import java.util.Map;

/**
 * Port: the identity providers at which persons sign in. Its redirect URI at a provider is {@code
 * URL/callback/PROVIDER}. Calls block, with a deadline of the implementation's own, and never throw
 * for what a provider answers.
 */
public interface SignInProviders {
  /** All of them, in the order of the configuration. */
  List<SignInProvider> providers();

  /** Where to send the browser. */
  SignInRequest begin(String provider, SignInSecrets secrets, SignInTerms terms);

  /**
   * Takes what the browser brought back: exchanges the code and verifies the ID token.
   *
   * @param provider the one that the sign-in began with, and whose callback was called
   * @param terms the same as at its beginning
   * @param parameters of the callback, with every value of each
   */
  SignInResult finish(
      String provider,
      SignInSecrets secrets,
      SignInTerms terms,
      Map<String, List<String>> parameters);

  /**
   * Asks whether the provider still stands by an identity, and derives it afresh.
   *
   * @param known what was last derived: who it must be; how and when the person authenticated is
   *     taken from here where the provider does not repeat it
   */
  RefreshResult refresh(String provider, Identity known, RefreshToken token);

  /** Gives a token back that is not needed any more, where the provider takes it (RFC 7009). */
  void giveBack(String provider, RefreshToken token);
}
