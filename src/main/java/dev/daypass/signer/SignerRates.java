package dev.daypass.signer;

/**
 * How many signatures each key makes in a minute at most.
 *
 * @param ledger checkpoints, each of which takes two signatures
 */
public record SignerRates(int userCa, int hostCa, int ledger) {
  /** No limit: where whoever asks could raise it himself. */
  public static final SignerRates UNLIMITED =
      new SignerRates(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  public SignerRates {
    if (userCa < 1 || hostCa < 1 || ledger < 1) {
      throw new IllegalArgumentException("a rate is at least one a minute");
    }
  }
}
