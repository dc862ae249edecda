package dev.daypass.web.audit;

import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.tile.TilePath;
import java.io.IOException;
import java.util.Optional;

/** The published files of the ledger (C2SP tlog-tiles, section APIs). */
public interface TreeFiles {
  /** The newest checkpoint as a signed note; empty while there is none. */
  Optional<String> checkpoint();

  /** A tile or bundle; empty if no published tree has it. */
  Optional<Bytes> file(TilePath path) throws IOException;
}
