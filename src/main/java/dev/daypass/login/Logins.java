package dev.daypass.login;

import dev.daypass.identity.IdentityId;
import dev.daypass.login.outcome.BindOutcome;
import dev.daypass.login.outcome.CallbackOutcome;
import dev.daypass.login.outcome.ConsentOutcome;
import dev.daypass.login.outcome.ConsentPage;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.login.outcome.PendingView;
import dev.daypass.login.outcome.PollOutcome;
import dev.daypass.login.outcome.SignInOutcome;
import dev.daypass.login.outcome.Standing;
import dev.daypass.login.outcome.StartOutcome;
import dev.daypass.ssh.SshPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Logging in, and what becomes of a login until it ends (DESIGN section 4, Login and Re-check).
 * Safe for any number of threads; calls that write block until it is durable.
 */
public interface Logins {
  /** Begins a login for the key that signed the request. */
  StartOutcome start(SshPublicKey provenKey, StartRequest request, Visitor terminal);

  /** A login that waits for its browser. */
  Optional<PendingView> pending(LoginId id);

  /** Sends a browser to an identity provider. */
  SignInOutcome signIn(LoginId id, String provider);

  /**
   * Takes a browser back.
   *
   * @param parameters of the callback, with every value of each
   * @param browser from the cookie
   */
  CallbackOutcome callback(
      String provider,
      Map<String, List<String>> parameters,
      Optional<LoginSecret> browser,
      Visitor visitor);

  /** What the consent page shows. */
  ConsentPage consentPage(LoginId id, LoginSecret browser);

  /**
   * Takes the consent form.
   *
   * @param csrf from the form
   * @param userCode from the form, in device mode
   */
  ConsentOutcome consent(
      LoginId id,
      LoginSecret browser,
      String csrf,
      boolean allowed,
      Optional<String> userCode,
      Visitor visitor);

  /** How far the login is. */
  PollOutcome state(LoginId id, LoginSecret poll);

  /** Binds the key to the identity: the last step, by the terminal. */
  BindOutcome bind(
      LoginId id,
      LoginSecret poll,
      Optional<LoginSecret> proof,
      LoginSecret helper,
      SshPublicKey provenKey,
      Visitor terminal);

  /** Whom a key stands for; asks the identity provider if that was long ago. */
  Standing standing(SshPublicKey provenKey);

  /** Whether the login has not ended: asked again between a certificate's entry and its release. */
  boolean isOpen(LoginId id);

  /** One open login. */
  Optional<OpenLogin> find(LoginId id);

  /** The open logins of an identity, the newest first. */
  List<LoginView> loginsOf(IdentityId identity);

  /** Ends one login. */
  EndOutcome end(LoginId id, Ender ender);

  /** Ends every login of an identity. */
  EndOutcome endAll(IdentityId identity, Ender ender);

  /** An open login and whose it is. */
  record OpenLogin(IdentityId owner, LoginView view) {}
}
