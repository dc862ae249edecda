package dev.daypass.login.pending;

import dev.daypass.ledger.refusal.Reason;
import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.outcome.LoginRefused;

/** Why steps of a login are refused, in words for the person. */
final class Refusals {
  private static final String AGAIN = "Start again: daypass login.";

  static final LoginRefused UNKNOWN =
      new LoginRefused(
          LoginFault.LOGIN_UNKNOWN,
          "There is no such login; it may be too old, or the daemon was restarted.",
          AGAIN);
  static final LoginRefused EXPIRED =
      new LoginRefused(LoginFault.LOGIN_EXPIRED, "The login took more than 5 minutes.", AGAIN);
  static final LoginRefused NOT_NOW =
      new LoginRefused(LoginFault.LOGIN_STATE, "The login is not at this step, or past it.", AGAIN);
  static final LoginRefused TOO_MANY =
      new LoginRefused(
          LoginFault.TOO_MANY_LOGINS,
          "Too many logins of your address are waiting.",
          "Finish one of them, or wait 5 minutes.");
  static final LoginRefused TOO_MANY_TRIPS =
      new LoginRefused(
          LoginFault.TOO_MANY_LOGINS,
          "Too many sign-ins of your address failed.",
          "Wait a minute, then open the login's link again.");
  static final LoginRefused KEY_IN_USE =
      new LoginRefused(
          LoginFault.KEY_IN_USE,
          "This key belongs to another identity, for ever.",
          "Make a key of your own: daypass init.");
  static final LoginRefused SIGN_IN_OFF =
      new LoginRefused(
          LoginFault.SIGN_IN_OFF,
          "Nobody logs in here: no identity provider for persons is configured.",
          "Send a token of your service, or ask the operator for a provider with a client-id.");
  static final LoginRefused DEVICE_OFF =
      new LoginRefused(
          LoginFault.DEVICE_MODE_OFF,
          "Logging in by a code is switched off here.",
          "Log in where a browser runs beside the terminal.");
  static final LoginRefused DEVICE_REFUSED =
      new LoginRefused(
          LoginFault.DEVICE_MODE_REFUSED,
          "A first login of this key by a code is not allowed from your network.",
          "Log in once with a browser beside the terminal, or from the company's network.");
  static final LoginRefused ADDRESS_DIFFERS =
      new LoginRefused(
          LoginFault.ADDRESS_DIFFERS,
          "The browser is at another address than the terminal that asked for this login.",
          "If you did not run daypass login yourself just now, close this page and tell your"
              + " security team. Else open it on the same machine.");
  static final LoginRefused POLL =
      new LoginRefused(
          LoginFault.POLL_SECRET_INVALID, "The poll secret is not this login's.", AGAIN);
  static final LoginRefused PROOF =
      new LoginRefused(
          LoginFault.PROOF_INVALID,
          "The proof is not this login's, or older than 60 seconds.",
          AGAIN);
  static final LoginRefused HELPER_SECRET =
      new LoginRefused(
          LoginFault.HELPER_SECRET_INVALID,
          "The secret does not fit the login's challenge.",
          AGAIN);
  static final LoginRefused KEY_DIFFERS =
      new LoginRefused(
          LoginFault.KEY_DIFFERS, "Another key signed the start of this login.", AGAIN);
  static final LoginRefused CONSENT_MISSING =
      new LoginRefused(
          LoginFault.CONSENT_MISSING,
          "Nobody has agreed to this login in a browser yet.",
          "Finish the page in the browser.");
  static final LoginRefused CONSENT_DENIED =
      new LoginRefused(LoginFault.CONSENT_DENIED, "The login was refused in the browser.", AGAIN);
  static final LoginRefused CONSENT_INVALID =
      new LoginRefused(
          LoginFault.CONSENT_INVALID,
          "The form does not belong to this browser's page.",
          "Reload the page and decide again.");
  static final LoginRefused CODE_LOCKED =
      new LoginRefused(LoginFault.CODE_LOCKED, "The code was wrong five times.", AGAIN);
  static final LoginRefused SIGN_IN =
      new LoginRefused(
          LoginFault.SIGN_IN_INVALID,
          "What came back from the identity provider does not belong to this browser's sign-in.",
          "Open the login's link again in this browser.");
  static final LoginRefused PROVIDER_UNKNOWN =
      new LoginRefused(
          LoginFault.PROVIDER_UNKNOWN, "No identity provider of that name takes logins.", AGAIN);
  static final LoginRefused TOO_OLD =
      new LoginRefused(
          LoginFault.AUTHENTICATION_TOO_OLD,
          "The identity provider did not ask you to sign in anew.",
          "Sign out there, then: daypass login --fresh.");
  static final LoginRefused UNAVAILABLE =
      new LoginRefused(
          LoginFault.UNAVAILABLE,
          "The login cannot be written down at the moment.",
          "Try again in a moment.");

  private Refusals() {}

  static LoginRefused start(String detail) {
    return new LoginRefused(LoginFault.START_INVALID, detail, "Use the daypass helper.");
  }

  static LoginRefused key(Reason reason) {
    return new LoginRefused(
        LoginFault.KEY_REFUSED, reason.code(), reason.detail(), reason.remedy());
  }

  static LoginRefused identity(String code, String detail, String remedy) {
    return new LoginRefused(LoginFault.IDENTITY_REFUSED, code, detail, remedy);
  }

  /** What a browser brought back is not good, or whom it stands for is not admitted. */
  static LoginRefused atProvider(String code, String detail, String remedy) {
    return code.equals(LoginFault.SIGN_IN_INVALID.code())
        ? new LoginRefused(LoginFault.SIGN_IN_INVALID, detail, remedy)
        : identity(code, detail, remedy);
  }

  static LoginRefused denied(String error) {
    return new LoginRefused(
        LoginFault.SIGN_IN_DENIED, "The identity provider said no: " + error + ".", AGAIN);
  }

  static LoginRefused providerAway(String detail) {
    return new LoginRefused(
        LoginFault.PROVIDER_UNAVAILABLE,
        "The identity provider cannot be reached: " + detail,
        "Try again in a moment.");
  }

  static Reason reason(LoginRefused refused) {
    return new Reason(refused.code(), refused.detail(), refused.remedy());
  }
}
