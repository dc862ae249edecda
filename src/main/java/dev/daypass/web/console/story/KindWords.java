package dev.daypass.web.console.story;

import dev.daypass.ledger.entry.EntryKind;

/** What people call a kind of entry, and how its mark looks. */
public final class KindWords {
  private KindWords() {}

  public static String of(EntryKind kind) {
    return switch (kind) {
      case LEDGER_CREATED -> "Ledger begun";
      case DAEMON_STARTED -> "Daemon started";
      case POLICY_LOADED -> "Policy loaded";
      case CONFIG_LOADED -> "Configuration loaded";
      case CA_KEY_ADDED -> "CA key added";
      case CA_KEY_ACTIVATED -> "CA key activated";
      case CA_KEY_RETIRED -> "CA key retired";
      case BUNDLE_PUBLISHED -> "Trust bundle published";
      case KRL_PUBLISHED -> "Revocation list published";
      case LOGIN_OPENED -> "Login";
      case LOGIN_ENDED -> "Login ended";
      case CERTIFICATE_GRANTED -> "Certificate granted";
      case CERTIFICATE_FAILED -> "Certificate not released";
      case HOST_CERTIFICATE_GRANTED -> "Host certificate granted";
      case REQUESTS_REFUSED -> "Refused";
      case REVOCATION_ADDED -> "Revoked";
      case HOST_JOINED -> "Server joined";
      case HOST_CHANGED -> "Server changed";
      case HOST_LEFT -> "Server left";
      case SESSION_OPENED -> "Session opened";
      case SESSION_CLOSED -> "Session closed";
      case SESSION_ALARM -> "Alarm";
      case DETAILS_ERASED -> "Details erased";
      case EXPORT_MADE -> "Export made";
      case GRANT_REQUESTED -> "Approval asked for";
      case GRANT_APPROVED -> "Approved";
      case GRANT_DENIED -> "Approval denied";
      case GRANT_ENDED -> "Grant ended";
      case TOKEN_GRANTED -> "Token granted";
      case BREAKGLASS_REPORTED -> "Break-glass reported";
      case CLOCK_THAWED -> "Clock vouched for";
      case ISSUANCE_FROZEN -> "Issuance stopped";
      case ISSUANCE_THAWED -> "Issuance resumed";
    };
  }

  /** The stylesheet's name for its mark; the sentence says the same in words. */
  public static String tone(EntryKind kind) {
    return switch (kind) {
      case CERTIFICATE_GRANTED, GRANT_APPROVED, TOKEN_GRANTED -> "granted";
      case REQUESTS_REFUSED, CERTIFICATE_FAILED, GRANT_DENIED -> "refused";
      case SESSION_ALARM, BREAKGLASS_REPORTED, ISSUANCE_FROZEN -> "alarm";
      case REVOCATION_ADDED, LOGIN_ENDED, GRANT_ENDED, SESSION_CLOSED, HOST_LEFT, DETAILS_ERASED ->
          "ended";
      case LOGIN_OPENED, SESSION_OPENED, HOST_JOINED, HOST_CERTIFICATE_GRANTED, GRANT_REQUESTED ->
          "opened";
      case LEDGER_CREATED,
          DAEMON_STARTED,
          POLICY_LOADED,
          CONFIG_LOADED,
          CA_KEY_ADDED,
          CA_KEY_ACTIVATED,
          CA_KEY_RETIRED,
          BUNDLE_PUBLISHED,
          KRL_PUBLISHED,
          HOST_CHANGED,
          EXPORT_MADE,
          CLOCK_THAWED,
          ISSUANCE_THAWED ->
          "other";
    };
  }
}
