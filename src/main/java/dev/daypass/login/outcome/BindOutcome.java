package dev.daypass.login.outcome;

import dev.daypass.login.LoginView;

/** What becomes of the last step. */
public sealed interface BindOutcome permits BindOutcome.Bound, LoginRefused {
  /** The key now stands for the identity. */
  record Bound(LoginView login) implements BindOutcome {}
}
