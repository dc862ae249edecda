package dev.daypass.custody;

import dev.daypass.revocation.publish.KrlStore;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The newest KRL and its signature in one file of the state folder. For one writer. */
public record KrlFile(Path path) implements KrlStore {
  private static final long MAX_BYTES = 64L << 20;

  @Override
  public Optional<Bytes> read() throws IOException {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new IOException(path + " is larger than any list");
      }
      return Optional.of(Bytes.of(Files.readAllBytes(path)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Content first, then its name, then the folder: at no moment is there half a list. */
  @Override
  public void write(Bytes content) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh); // left by a crash
    PrivateFile.create(fresh, content.toArray());
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    PrivateFile.syncFolder(path.toAbsolutePath().resolveSibling(""));
  }
}
