package dev.daypass.login.pending;

import dev.daypass.identity.Identity;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.outcome.PollState;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.policy.address.IpAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a login is. Each stage holds what its next steps need and nothing of those before, so
 * that no secret outlives its use; which stage may follow which is {@link #mayBecome}.
 */
sealed interface Stage {
  /** No browser has come yet, or its trip came to nothing. */
  record Waiting() implements Stage {}

  /**
   * A browser is at the identity provider.
   *
   * @param browser whoever comes back must hold it in a cookie
   */
  record SigningIn(String provider, SignInSecrets secrets, LoginSecret browser) implements Stage {}

  /** The browser is back and its state is used up; the code is being exchanged. */
  record Exchanging() implements Stage {}

  /**
   * The identity is known; the consent page is shown.
   *
   * @param browser the new session's secret
   * @param csrf in the page's form
   */
  record SignedIn(SignIn by, LoginSecret browser, LoginSecret csrf, int triesLeft)
      implements Stage {}

  /** Consent was given and is being written down. */
  record Consenting() implements Stage {}

  /**
   * The terminal may bind.
   *
   * @param proof with loopback; it counts until {@code proofUntil}
   */
  record Consented(SignIn by, Optional<LoginSecret> proof, Instant proofUntil) implements Stage {}

  /** The bind is being written down. */
  record Binding() implements Stage {}

  /** Done; the login goes on elsewhere. */
  record Bound() implements Stage {}

  /** Over. */
  record Refused() implements Stage {}

  /**
   * Who signed in, by which browser.
   *
   * @param at when the provider was asked: its word is as old as that, however late the bind comes
   */
  record SignIn(Identity identity, Optional<RefreshToken> refresh, IpAddress browser, Instant at) {}

  /** The transitions, all of them. */
  default boolean mayBecome(Stage next) {
    return switch (this) {
      case Waiting _ -> next instanceof SigningIn;
      case SigningIn _ -> next instanceof SigningIn || next instanceof Exchanging;
      case Exchanging _ ->
          next instanceof Waiting || next instanceof SignedIn || next instanceof Refused;
      case SignedIn _ ->
          next instanceof SignedIn || next instanceof Consenting || next instanceof Refused;
      case Consenting _ ->
          next instanceof SignedIn || next instanceof Consented || next instanceof Refused;
      case Consented _ -> next instanceof Binding;
      case Binding _ ->
          next instanceof Consented || next instanceof Bound || next instanceof Refused;
      case Bound _, Refused _ -> false;
    };
  }

  /** What the terminal is told. */
  default PollState pollState() {
    return switch (this) {
      case Waiting _, SigningIn _, Exchanging _ -> PollState.WAITING;
      case SignedIn _, Consenting _ -> PollState.SIGNED_IN;
      case Consented _, Binding _ -> PollState.CONSENTED;
      case Bound _ -> PollState.BOUND;
      case Refused _ -> PollState.REFUSED;
    };
  }
}
