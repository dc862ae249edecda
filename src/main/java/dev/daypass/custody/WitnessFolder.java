package dev.daypass.custody;

import dev.daypass.ledger.witness.WitnessMemory;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** What a witness cosigned last, a file for each ledger, named by the hash of its origin. */
public record WitnessFolder(Path path) implements WitnessMemory {
  /** Makes the folder, 0700, if it is not there. */
  public static WitnessFolder open(Path path) throws IOException {
    PrivateFile.createFolder(path);
    PrivateFile.requirePrivate(path);
    return new WitnessFolder(path);
  }

  @Override
  public Optional<SignedNote> latest(String origin) throws IOException {
    Path file = file(origin);
    try {
      return Optional.of(SignedNote.decode(Files.readAllBytes(file)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (TlogFormatException e) {
      // Never a fresh start: a witness without a memory would cosign a second history.
      throw new IOException(file + " is damaged", e);
    }
  }

  @Override
  public void remember(String origin, SignedNote cosigned) throws IOException {
    Path file = file(origin);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh); // left by a crash
    PrivateFile.create(fresh, cosigned.encode().getBytes(StandardCharsets.UTF_8));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    PrivateFile.syncFolder(path);
  }

  private Path file(String origin) {
    return path.resolve(Bytes.ofUtf8(origin).sha256().hex());
  }
}
