package dev.daypass.fleet.host;

/** What became of a change of a server. */
public sealed interface ChangeOutcome permits ChangeOutcome.Changed, HostRefused {
  /** It is in the ledger and in force. */
  record Changed(JoinedHost host) implements ChangeOutcome {}
}
