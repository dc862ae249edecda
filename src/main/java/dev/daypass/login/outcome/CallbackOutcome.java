package dev.daypass.login.outcome;

import dev.daypass.login.LoginId;
import dev.daypass.login.LoginSecret;

/** What becomes of a browser that comes back from the identity provider. */
public sealed interface CallbackOutcome permits CallbackOutcome.ConsentNeeded, LoginRefused {
  /** Signed in: the consent page comes next, in a browser session with this new secret. */
  record ConsentNeeded(LoginId id, LoginSecret browser) implements CallbackOutcome {}
}
