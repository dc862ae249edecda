package dev.daypass.config;

import dev.daypass.config.yaml.Faults;
import dev.daypass.config.yaml.YamlDocument;
import java.nio.file.Path;
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
    String text = ConfigText.read(file);
    Faults faults = new Faults();
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    Optional<DaypassConfig> config =
        YamlDocument.read(text, faults)
            .flatMap(root -> new RootReader(root, folder, state, credentials).read());
    ConfigText.requireNone(faults, file);
    return config.orElseThrow();
  }
}
