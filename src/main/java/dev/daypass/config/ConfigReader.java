package dev.daypass.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads {@code daypass.yaml}. */
public final class ConfigReader {
  private final Optional<Path> credentials;

  /**
   * A reader that finds systemd credentials in a folder.
   *
   * @param credentials the value of {@code CREDENTIALS_DIRECTORY}, if systemd set one
   */
  public ConfigReader(Optional<Path> credentials) {
    this.credentials = credentials;
  }

  /** Reads a file; its own {@code state} holds. */
  public DaypassConfig read(Path file) throws ConfigInvalid {
    return read(file, Optional.empty());
  }

  /** Reads a file; {@code --state} replaces its {@code state} and what is relative to it. */
  public DaypassConfig read(Path file, Optional<Path> state) throws ConfigInvalid {
    if (!Files.isReadable(file)) {
      throw new ConfigInvalid(
          List.of(
              new ConfigProblem(
                  file, 0, "", "the file cannot be read", "name another with --config")));
    }
    throw new UnsupportedOperationException(file + " " + state + " " + credentials);
  }
}
