package dev.daypass.login.outcome;

/** What became of ending logins. */
public sealed interface EndOutcome permits EndOutcome.Ended, LoginRefused {
  /**
   * They have ended.
   *
   * @param logins how many
   * @param revoked how many live certificates were revoked with them
   */
  record Ended(int logins, int revoked) implements EndOutcome {}
}
