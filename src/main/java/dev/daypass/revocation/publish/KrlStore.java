package dev.daypass.revocation.publish;

import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.util.Optional;

/** Port: where the newest list is kept, so that a start that cannot write has one to serve. */
public interface KrlStore {
  /** What was written last; empty if nothing ever was. */
  Optional<Bytes> read() throws IOException;

  /** Puts it in the place of what was there, as a whole or not at all; durable on return. */
  void write(Bytes content) throws IOException;
}
