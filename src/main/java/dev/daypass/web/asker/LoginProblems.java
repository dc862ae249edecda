package dev.daypass.web.asker;

import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.RequestFailed;

/** The refusals of a login's steps as problems; each fault has its status here. */
public final class LoginProblems {
  private LoginProblems() {}

  public static Problem of(LoginRefused refused) {
    return Problem.of(status(refused.fault()), refused.code(), refused.detail(), refused.remedy());
  }

  public static RequestFailed failed(LoginRefused refused) {
    return new RequestFailed(of(refused));
  }

  /** What a client proves wrongly is 401 (CASES 75), what it may not do is 403. */
  private static int status(LoginFault fault) {
    return switch (fault) {
      case START_INVALID, SIGN_IN_INVALID -> 400;
      case POLL_SECRET_INVALID,
          PROOF_INVALID,
          HELPER_SECRET_INVALID,
          KEY_DIFFERS,
          LOGIN_REQUIRED,
          LOGIN_ENDED ->
          401;
      case KEY_REFUSED,
          SIGN_IN_OFF,
          DEVICE_MODE_OFF,
          DEVICE_MODE_REFUSED,
          ADDRESS_DIFFERS,
          CONSENT_MISSING,
          CONSENT_DENIED,
          CONSENT_INVALID,
          CODE_LOCKED,
          SIGN_IN_DENIED,
          IDENTITY_REFUSED,
          AUTHENTICATION_TOO_OLD ->
          403;
      case LOGIN_UNKNOWN, LOGIN_EXPIRED, PROVIDER_UNKNOWN -> 404;
      case KEY_IN_USE, LOGIN_STATE -> 409;
      case TOO_MANY_LOGINS -> 429;
      case PROVIDER_UNAVAILABLE, UNAVAILABLE -> 503;
    };
  }
}
