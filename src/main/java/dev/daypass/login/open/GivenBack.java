package dev.daypass.login.open;

import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.store.LoginStore;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.login.store.TokenSealer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the refresh tokens of logins that have ended back to their providers (RFC 7009), in threads
 * of their own: an end waits for no provider, and is one without it.
 *
 * <p>Providers end more than the one token: Keycloak the session that a browser's logins share,
 * Google all that the person granted. So nothing is given back while a login of that identity is
 * open.
 */
final class GivenBack {
  private static final Logger LOG = LoggerFactory.getLogger(GivenBack.class);

  private final LoginStore store;
  private final TokenSealer sealer;
  private final SignInProviders providers;

  GivenBack(LoginStore store, TokenSealer sealer, SignInProviders providers) {
    this.store = store;
    this.sealer = sealer;
    this.providers = providers;
  }

  /** Takes a login as it was when it was open. */
  void afterTheEndOf(StoredLogin login) {
    try {
      if (login.token().isPresent() && store.ofIdentity(login.identity().id()).isEmpty()) {
        Thread.ofVirtual().name("give-back").start(() -> giveBack(login));
      }
    } catch (StoreFailed e) {
      LOG.warn("the refresh token of login {} is not given back", login.id(), e);
    }
  }

  private void giveBack(StoredLogin login) {
    login
        .token()
        .flatMap(sealed -> sealer.unseal(sealed, login.id()))
        .ifPresent(token -> providers.giveBack(login.identity().provider(), token));
  }
}
