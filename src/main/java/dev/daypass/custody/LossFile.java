package dev.daypass.custody;

import dev.daypass.ledger.entry.Loss;
import dev.daypass.tlog.EntryNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Which entries a recovery brings back without their details, until the ledger itself says so. */
public record LossFile(Path path) {
  private static final String FORM = "(0|[1-9][0-9]{0,17}) (0|[1-9][0-9]{0,17})\n";

  /** Empty if nothing was recovered that the ledger does not tell of. */
  public Optional<Loss> read() throws IOException {
    String text;
    try {
      text = Files.readString(path, StandardCharsets.US_ASCII);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    if (!text.matches(FORM)) {
      throw new IOException(path + " does not name the first and the last entry");
    }
    String[] numbers = text.strip().split(" ", -1);
    return Optional.of(
        new Loss(
            new EntryNumber(Long.parseLong(numbers[0])),
            new EntryNumber(Long.parseLong(numbers[1]))));
  }

  /** Durable on return. An earlier loss that is not told of yet stays part of this one. */
  public void write(Loss loss) throws IOException {
    Optional<Loss> earlier = read();
    EntryNumber first =
        earlier
            .map(Loss::first)
            .filter(number -> number.compareTo(loss.first()) < 0)
            .orElse(loss.first());
    String text = first + " " + loss.last() + "\n";
    Files.deleteIfExists(path);
    PrivateFile.create(path, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The ledger tells of it now. */
  public void clear() throws IOException {
    Files.deleteIfExists(path);
  }
}
