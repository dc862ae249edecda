package dev.daypass.cli.ledger;

import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * The checkpoint that the last good verification of a ledger ended with: whoever verifies again
 * holds the ledger against it, so that no history can be shown that lacks what was seen once.
 */
record VerifyMemory(Path file) {
  /**
   * Where a person's state lies (XDG Base Directory Specification); none where there is no home.
   */
  static Optional<VerifyMemory> of(Map<String, String> environment, String origin) {
    String name = Bytes.ofUtf8(origin).sha256().hex().substring(0, 32);
    return Optional.ofNullable(environment.get("XDG_STATE_HOME"))
        .map(Path::of)
        .or(() ->
            Optional.ofNullable(environment.get("HOME"))
                .map(home -> Path.of(home).resolve(".local/state")))
        .filter(Path::isAbsolute)
        .map(state -> new VerifyMemory(state.resolve("daypass/checkpoints").resolve(name)));
  }

  /** The note; empty if this ledger was not verified before. */
  Optional<SignedNote> read() throws IOException {
    try {
      return Optional.of(SignedNote.decode(Files.readAllBytes(file)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (TlogFormatException e) {
      throw new IOException(file + " is no checkpoint", e);
    }
  }

  void write(SignedNote note) throws IOException {
    Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
    Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), note.encode());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
