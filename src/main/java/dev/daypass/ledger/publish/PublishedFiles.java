package dev.daypass.ledger.publish;

import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.util.Optional;

/**
 * The files of a tiled log, wherever they lie: {@code checkpoint}, {@code tile/…} (C2SP tlog-tiles,
 * section APIs). To be read by any number of threads.
 */
@FunctionalInterface
public interface PublishedFiles {
  /** The name of the one file that changes. */
  String CHECKPOINT = "checkpoint";

  /**
   * The file's content, empty if there is none.
   *
   * @param path relative, as {@link dev.daypass.tlog.tile.TilePath#path} makes it
   */
  Optional<Bytes> read(String path) throws IOException;
}
