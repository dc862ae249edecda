package dev.daypass.issuance;

import dev.daypass.ledger.StopCause;
import dev.daypass.ledger.refusal.Reason;
import java.util.Optional;

/** The reasons that issuance itself gives. */
final class Refusals {
  static final Reason USERNAME_TAKEN =
      new Reason(
          "username_taken",
          "Another identity already has this username here.",
          "Ask an operator: two accounts at the identity providers share one username.");

  static final Reason ACCOUNT_TAKEN =
      new Reason(
          "account_taken",
          "Another identity already has this local account.",
          "Ask an operator to free the account if it is yours now.");

  static final Reason OTHER_BODY =
      new Reason(
          "idempotency_mismatch",
          "This Idempotency-Key was used with another request body.",
          "Send the same body again, or use a new Idempotency-Key.");

  static final Reason OTHER_KEY =
      new Reason(
          "signature_invalid",
          "The request was signed by another key than the one it asks a certificate for.",
          "Sign the request with the private half of public_key.");

  static final Reason KEY_RESERVED =
      new Reason(
          "key_reserved",
          "The key is one of this certificate authority's own.",
          "Use a key of your own; make one with ssh-keygen.");

  static final Reason KEY_BLOCKED =
      new Reason(
          "key_blocked",
          "The key is known to be weak or leaked.",
          "Make a new key: ssh-keygen -t ed25519.");

  static final Reason KEY_REVOKED =
      new Reason(
          "key_revoked",
          "The key was revoked, which is for good.",
          "Make a new key: ssh-keygen -t ed25519.");

  static final Reason NO_GRACE =
      new Reason(
          "provider_unavailable",
          "Your identity provider cannot be asked, and this role does not wait for it.",
          "Try again when it answers; other roles may be open to you meanwhile.");

  static final Reason LOGIN_ENDED =
      new Reason(
          "login_ended",
          "The login ended while the certificate was made; it was not released.",
          "Log in again: daypass login.");

  private Refusals() {}

  static Reason publicKeyMalformed(String problem) {
    return new Reason(
        "public_key_malformed",
        "public_key: " + problem + ".",
        "Send the one line of a plain OpenSSH public key file.");
  }

  static Reason certificateInvalid(String findings) {
    return new Reason(
        "certificate_invalid",
        "The certificate would break a rule: " + findings + ".",
        "Ask an operator: policy grants what no certificate may say.");
  }

  static IssuanceOutcome unavailable(StopCause cause) {
    String detail =
        switch (cause) {
          case OVERLOADED -> "More requests are waiting than can be served; ask again in a moment.";
          case SIGNER -> "The keys cannot be used at the moment; nothing is signed until they can.";
          case STORE_FULL -> "The ledger's volume is full; nothing is signed until there is space.";
          case CLOCK -> "The clock of the certificate authority is in doubt; nothing is signed.";
          case STORE_BEHIND, STORE_DIVERGED ->
              "The ledger does not continue what was signed before; nothing is signed.";
          case FAILED, CLOSED -> "The certificate authority is stopping.";
        };
    return new IssuanceOutcome.Unavailable(detail, Optional.empty());
  }

  static IssuanceOutcome unregistered() {
    return new IssuanceOutcome.Unavailable(
        "Whose name this is cannot be recorded at the moment; nothing is signed.",
        Optional.empty());
  }

  static IssuanceOutcome unanswered() {
    return new IssuanceOutcome.Unavailable(
        "The request that this one waited for was not answered.", Optional.empty());
  }
}
