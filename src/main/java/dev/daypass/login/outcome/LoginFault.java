package dev.daypass.login.outcome;

/** The closed list of reasons for which a step of a login is refused. */
public enum LoginFault {
  /** The start, as such, is wrong: port, challenge or host name. */
  START_INVALID("start_invalid"),
  /** The key belongs to another identity, for ever. */
  KEY_IN_USE("key_in_use"),
  /** One of the CA's own keys, or a weak one. */
  KEY_REFUSED("key_refused"),
  /** There is no such login, or none any more. */
  LOGIN_UNKNOWN("login_unknown"),
  /** Its time was up before it came to an end. */
  LOGIN_EXPIRED("login_expired"),
  /** The step does not come at this moment of a login. */
  LOGIN_STATE("login_state"),
  /** No identity provider is configured at which persons sign in. */
  SIGN_IN_OFF("sign_in_off"),
  DEVICE_MODE_OFF("device_mode_off"),
  DEVICE_MODE_REFUSED("device_mode_refused"),
  /** Browser and terminal are at different addresses. */
  ADDRESS_DIFFERS("address_differs"),
  POLL_SECRET_INVALID("poll_secret_invalid"),
  PROOF_INVALID("proof_invalid"),
  HELPER_SECRET_INVALID("helper_secret_invalid"),
  /** Another key signed the bind than the start. */
  KEY_DIFFERS("key_differs"),
  CONSENT_MISSING("consent_missing"),
  CONSENT_DENIED("consent_denied"),
  /** The consent page's own token is not there. */
  CONSENT_INVALID("consent_invalid"),
  CODE_LOCKED("code_locked"),
  /** State, browser or code of the callback are not this login's (CASES 68). */
  SIGN_IN_INVALID("sign_in_invalid"),
  /** The person did not sign in at the identity provider, or it said no. */
  SIGN_IN_DENIED("sign_in_denied"),
  /** Signed in, and not admitted; {@link LoginRefused#code} tells the precise reason. */
  IDENTITY_REFUSED("identity_refused"),
  AUTHENTICATION_TOO_OLD("authentication_too_old"),
  PROVIDER_UNAVAILABLE("provider_unavailable"),
  PROVIDER_UNKNOWN("provider_unknown"),
  /** This key has no login. */
  LOGIN_REQUIRED("login_required"),
  /** This key had one. */
  LOGIN_ENDED("login_ended"),
  TOO_MANY_LOGINS("too_many_logins"),
  /** The ledger or the store cannot take it now. */
  UNAVAILABLE("unavailable");

  private final String code;

  LoginFault(String code) {
    this.code = code;
  }

  /** The stable code in problems. */
  public String code() {
    return code;
  }
}
