package dev.daypass.identity;

/** Whether a username and an account are an identity's own. */
public sealed interface Registration {

  /** They belong to this identity, now or already. */
  record Accepted() implements Registration {}

  /** Another identity has this username. */
  record UsernameTaken(Username username) implements Registration {}

  /** Another identity has this account. */
  record AccountTaken(Account account) implements Registration {}

  /** It cannot be known or written down at the moment; nobody may go on as if it were. */
  record Unavailable() implements Registration {}
}
