package dev.daypass.cert;

/** The extension that carries a certificate's own proof of being in the ledger. */
public final class LedgerProofExtension {
  public static final String NAME = "ledger-proof@daypass.dev";

  /** The longest proof text, so that a server's verifier can bound its input. */
  public static final int MAX_BYTES = 8 * 1024;

  private LedgerProofExtension() {}
}
