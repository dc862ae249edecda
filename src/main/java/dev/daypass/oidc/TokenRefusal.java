package dev.daypass.oidc;

import dev.daypass.identity.Authentication;

/**
 * Why a token makes no identity: the closed list of codes with what to do about each. A code that
 * begins with {@code token_} means that nobody is authenticated; the others that this identity is
 * not admitted.
 */
enum TokenRefusal {
  MALFORMED("token_malformed", "Send the token exactly as the identity provider gave it."),
  ISSUER("token_issuer", "Use a token of an identity provider that daypassd is configured for."),
  NOT_ACCEPTED("token_not_accepted", "Log in with `daypass init` instead of sending a token."),
  ALGORITHM("token_algorithm", "Have the identity provider sign with an accepted algorithm."),
  CLAIMS("token_claims", "Have the identity provider issue the standard claims."),
  AUDIENCE("token_audience", "Request a token that is meant for this CA."),
  TYPE("token_type", "Send the kind of token that this identity provider is configured for."),
  BOUND("token_bound", "Request a plain bearer token, not one bound to a key or certificate."),
  EXPIRED("token_expired", "Request a new token."),
  NOT_YET_VALID("token_not_yet_valid", "Check the clocks of this machine and the provider."),
  KEY_UNKNOWN("token_key_unknown", "Request a new token; after a key change, in half a minute."),
  SIGNATURE("token_signature", "Request a new token."),
  REPLAYED("token_replayed", "Request a new token: each is accepted once."),
  RESTARTED("token_restarted", "Request a new token: this one is older than the daemon's start."),
  CLAIM_INVALID("claim_invalid", "Have the identity provider issue this claim as configured."),
  USERNAME_INVALID("username_invalid", "Choose another username claim for this provider."),
  EMAIL_UNVERIFIED("email_unverified", "Have the identity provider verify the e-mail address."),
  EMAIL_DOMAIN("email_domain", "Add the domain to the provider's `email-domains` if it is yours."),
  ACCOUNT_INVALID("account_invalid", "Have the claim hold an account name, or none."),
  GROUPS_OVERAGE(
      "groups_overage",
      "Have the provider send fewer groups (Entra ID: \"Groups assigned to the application\"), or"
          + " application roles with `groups-claim: roles`."),
  HOSTED_DOMAIN("hosted_domain", "Sign in with the organization's own account."),
  NONCE("token_nonce", "Begin the login again."),
  AUTHENTICATION_AGE(
      "authentication_too_old",
      "Sign in afresh; the provider must say when in the claim `auth_time` of its ID tokens."),
  SUBJECT_CHANGED("subject_changed", "Begin a new login.");

  private final String code;
  private final String remedy;

  TokenRefusal(String code, String remedy) {
    this.code = code;
    this.remedy = remedy;
  }

  /** The refusal for a caller; {@code detail} must hold nothing of the token. */
  Authentication.Refused because(String detail) {
    return new Authentication.Refused(code, detail, remedy);
  }
}
