package dev.daypass.fleet.host;

/** What became of an operator's wish for a join token. */
public sealed interface TokenOutcome permits TokenOutcome.Made, HostRefused {
  /** The only time that the token is seen. */
  record Made(JoinToken token, StoredToken stored) implements TokenOutcome {}
}
