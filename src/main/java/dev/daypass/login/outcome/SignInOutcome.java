package dev.daypass.login.outcome;

import dev.daypass.login.LoginSecret;
import java.net.URI;

/** Where a browser goes to sign in. */
public sealed interface SignInOutcome permits SignInOutcome.Redirect, LoginRefused {
  /**
   * To the identity provider; the answer is taken only from the browser that holds {@code browser}
   * in a cookie.
   */
  record Redirect(URI target, LoginSecret browser) implements SignInOutcome {}
}
