package dev.daypass.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A bearer token in a file, read anew each time: whoever rotates it need not restart anything. */
public final class TokenFile {
  private TokenFile() {}

  /** The token of the file; a file that cannot be read is no token, and the request is refused. */
  public static Supplier<Optional<String>> reading(Optional<Path> file) {
    return () -> file.flatMap(TokenFile::read);
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.US_ASCII).strip())
          .filter(token -> token.matches("[!-~]+"));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
