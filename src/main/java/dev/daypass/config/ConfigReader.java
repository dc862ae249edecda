package dev.daypass.config;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.file.ConfigText;
import dev.daypass.config.policy.PolicyPlace;
import dev.daypass.config.yaml.Faults;
import dev.daypass.config.yaml.YamlDocument;
import dev.daypass.config.yaml.YamlValue;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

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
    Optional<DaypassConfig> config =
        YamlDocument.read(text, faults)
            .flatMap(root -> new RootReader(root, file, state, credentials).read());
    ConfigText.requireNone(faults, file);
    return config.orElseThrow();
  }

  /** Where the policy is, as far as a file with faults tells; to report the faults of both. */
  public static Optional<PolicyPlace> policyPlace(Path file) {
    try {
      String text = ConfigText.read(file);
      Path beside = folderOf(file).resolve(DaypassConfig.DEFAULT_POLICY);
      return YamlDocument.read(text, new Faults())
          .map(root ->
              new PolicyPlace(
                  root.value("policy")
                      .flatMap(YamlValue::text)
                      .map(policy -> folderOf(file).resolve(policy).normalize())
                      .orElse(beside),
                  root.value("identity")
                      .flatMap(YamlValue::mapping)
                      .map(identity -> identity.values().keySet())
                      .orElse(Set.of())));
    } catch (ConfigInvalid _) {
      return Optional.empty();
    }
  }

  static Path folderOf(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
  }
}
