package dev.daypass.export;

import dev.daypass.ledger.publish.PublishedFiles;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The published files below a folder. */
public record FolderFiles(Path folder) implements PublishedFiles {
  /** A bundle of 256 entries of 1 KiB is a quarter of this. */
  private static final long MAX_BYTES = 1 << 20;

  @Override
  public Optional<Bytes> read(String path) throws IOException {
    Path file = folder.resolve(path);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(file + " is larger than any file of a ledger");
      }
      return Optional.of(Bytes.of(Files.readAllBytes(file)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }
}
