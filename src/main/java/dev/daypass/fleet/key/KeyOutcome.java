package dev.daypass.fleet.key;

/** What became of a change of keys. */
public sealed interface KeyOutcome {
  /** It is in the ledger. */
  record Changed(StagedKey key) implements KeyOutcome {}

  /**
   * Nothing was changed.
   *
   * @param why a sentence
   * @param remedy what to do
   */
  record Refused(String why, String remedy) implements KeyOutcome {}
}
