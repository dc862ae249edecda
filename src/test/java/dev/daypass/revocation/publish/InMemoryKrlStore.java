package dev.daypass.revocation.publish;

import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.util.Optional;

/** A file that can be made to fail. */
final class InMemoryKrlStore implements KrlStore {
  private Optional<Bytes> content = Optional.empty();
  private boolean failing;

  @Override
  public synchronized Optional<Bytes> read() {
    return content;
  }

  @Override
  public synchronized void write(Bytes fresh) throws IOException {
    if (failing) {
      throw new IOException("injected");
    }
    content = Optional.of(fresh);
  }

  synchronized void failing(boolean state) {
    failing = state;
  }
}
