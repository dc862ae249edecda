package dev.daypass.config;

import java.nio.file.Path;

/**
 * The key {@code store}.
 *
 * @param sqlite the database file, below the state folder unless given absolutely
 */
public record StoreConfig(Path sqlite) {

  static final String DEFAULT_SQLITE = "ledger.db";
}
