package dev.daypass.config.ledger;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** An item of {@code ledger.copies}. */
public sealed interface CopyConfig {
  /** A folder that is there, such as a mounted share. */
  record Folder(Path folder) implements CopyConfig {}

  /**
   * A URL below which files are put.
   *
   * @param token a file whose one line is sent as a bearer token; it is read at each request
   */
  record Put(URI url, Optional<Path> token) implements CopyConfig {}
}
