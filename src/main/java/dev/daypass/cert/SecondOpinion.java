package dev.daypass.cert;

import java.util.Optional;

/** Apache MINA's reading of a certificate, compared with ours. */
@SuppressWarnings("DoNotCallSuggester")
public final class SecondOpinion {
  private SecondOpinion() {}

  /** The first field in which MINA's reading differs, or why it cannot read; empty if all agree. */
  public static Optional<String> disagreement(Certificate certificate) {
    throw new UnsupportedOperationException();
  }
}
