package dev.daypass.custody;

import dev.daypass.ledger.publish.CopyPosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** How far a copy of the ledger is, in a file of the state folder. For one writer. */
public record CopyPositionFile(Path path) implements CopyPosition {
  @Override
  public Optional<String> read() throws IOException {
    try {
      return Optional.of(Files.readString(path, StandardCharsets.UTF_8));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  @Override
  public void write(String note) throws IOException {
    PrivateFile.createFolder(path.resolveSibling(""));
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh); // left by a crash
    PrivateFile.create(fresh, note.getBytes(StandardCharsets.UTF_8));
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    PrivateFile.syncFolder(path.toAbsolutePath().resolveSibling(""));
  }
}
