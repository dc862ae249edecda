package dev.daypass.fleet.session;

import java.util.Locale;

/** What is wrong with a session that was reported. */
public enum SessionAlarm {
  /** The ledger granted no user certificate under this serial. */
  NEVER_GRANTED,
  /** The certificate is not the one that the ledger commits to under its serial. */
  CERTIFICATE_DIFFERS,
  /** The session lived when its certificate, and what grace its role gives, had ended. */
  ALIVE_AFTER_END,
  /** Another report says something else: of the same session with another serial or server. */
  CONTRADICTION;

  /** The word in entries and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
