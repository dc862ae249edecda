package dev.daypass.oidc;

import dev.daypass.identity.Authentication;

/** A token's claims are not what they must be. Its message holds nothing of the token. */
final class ClaimException extends Exception {
  private static final long serialVersionUID = 1L;

  private final TokenRefusal refusal;
  private final String detail;

  ClaimException(TokenRefusal refusal, String detail) {
    super(detail);
    this.refusal = refusal;
    this.detail = detail;
  }

  Authentication.Refused refused() {
    return refusal.because(detail);
  }
}
