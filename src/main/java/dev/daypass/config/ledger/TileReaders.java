package dev.daypass.config.ledger;

/** Who may read checkpoints, tiles and bundles over HTTP. Details are never among them. */
public enum TileReaders {
  PUBLIC,
  /** Those with the duty {@code auditor}. */
  AUDITORS
}
