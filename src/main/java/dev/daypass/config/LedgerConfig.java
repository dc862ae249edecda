package dev.daypass.config;

import java.nio.file.Path;

/**
 * The key {@code ledger}.
 *
 * @param origin the ledger's name in every checkpoint, such as {@code ca.example.com/daypass}
 * @param head the signer's two-slot head file, on another volume than the state (DESIGN section 6)
 */
public record LedgerConfig(String origin, Path head) {

  static final Path DEFAULT_HEAD = Path.of("/var/lib/daypass-head/head");
}
