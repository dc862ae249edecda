package dev.daypass.cli;

import dev.daypass.config.signer.SignerConfig;

/** Runs the separate signer until it is told to stop; the root knows how. */
@FunctionalInterface
public interface SignerStart {
  /** Its exit code. */
  int run(SignerConfig config) throws Exception;
}
