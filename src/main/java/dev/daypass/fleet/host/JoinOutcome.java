package dev.daypass.fleet.host;

/** What became of a server's wish to join. */
public sealed interface JoinOutcome permits JoinOutcome.Joined, JoinOutcome.Asked, HostRefused {
  /** It has joined, now or before with the same key. */
  record Joined(JoinedHost host) implements JoinOutcome {}

  /** It waits for an operator, who approves its key. */
  record Asked(PendingJoin pending) implements JoinOutcome {}
}
