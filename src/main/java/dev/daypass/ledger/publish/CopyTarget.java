package dev.daypass.ledger.publish;

import dev.daypass.ssh.Bytes;
import java.io.IOException;

/** A place off this machine that holds a copy of the published files. For one thread. */
public interface CopyTarget extends PublishedFiles {
  /** How operators know it; without secrets. */
  String name();

  /** Writes the file, whole or not at all, over one that may be there. */
  void write(String path, Bytes content) throws IOException;

  /** Returns when everything that was written will outlive a crash there. */
  void settle() throws IOException;
}
