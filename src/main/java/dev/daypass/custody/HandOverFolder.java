package dev.daypass.custody;

import dev.daypass.tlog.SignedNote;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints that two ledger keys have signed, a file each: the one key vouches there for the
 * tree that names the other.
 */
public record HandOverFolder(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(HandOverFolder.class);

  /** Keeps one; whole and durable on return, unless the log says why not. */
  public void keep(SignedNote note) {
    String size = note.text().lines().skip(1).findFirst().orElseThrow();
    try {
      PrivateFile.createFolder(path);
      PrivateFile.createReadable(path.resolve(size), note.encode());
    } catch (FileAlreadyExistsException _) {
      LOG.debug("{} is there", path.resolve(size));
    } catch (IOException e) {
      LOG.error("{} cannot be written", path.resolve(size), e);
    }
  }

  /** The files, if there are any. */
  public List<Path> files() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.sorted().toList();
    }
  }
}
