package dev.daypass.fleet.key;

import java.util.Locale;

/** How far a CA key or ledger key is in its life. */
public enum KeyStage {
  /** Known to the ledger, on its way into every trust bundle; it signs nothing yet. */
  NEXT,
  /** It signs; of each use there is one. */
  ACTIVE,
  /** Another one signs now; what it signed is trusted until it ends. */
  RETIRING,
  /** No trust bundle names it any more. */
  RETIRED;

  /** The word for it in commands and metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
