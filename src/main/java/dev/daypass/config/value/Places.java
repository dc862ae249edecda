package dev.daypass.config.value;

import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where relative paths of the file begin, and where credentials lie.
 *
 * @param folder the folder of the file itself
 * @param state the state folder
 */
public record Places(Path folder, Path state, Optional<Path> credentials) {

  /** A path of the file, relative to the file. */
  public Optional<Path> path(YamlValue value) {
    return value.text().map(text -> folder.resolve(text).normalize());
  }

  /** A path of the file, relative to the state folder. */
  public Optional<Path> statePath(YamlValue value) {
    return value.text().map(text -> state.resolve(text).normalize());
  }

  /**
   * A file that must be there and readable by its owner alone.
   *
   * @param absent what to do where there is none
   */
  public Optional<Path> secretPath(YamlValue value, String absent) {
    return path(value)
        .filter(path -> {
          if (path.toFile().exists()) {
            return usable(value, new SecretFile(path, isCredential(path)));
          }
          value.fault("there is no file " + path, absent);
          return false;
        });
  }

  /**
   * A file that must be there.
   *
   * @param absent what to do where there is none
   */
  public Optional<Path> existing(YamlValue value, String absent) {
    return path(value)
        .filter(path -> {
          boolean there = path.toFile().isFile() && path.toFile().canRead();
          if (!there) {
            value.fault("there is no readable file " + path, absent);
          }
          return there;
        });
  }

  /**
   * The secret under {@code NAME-file} (a path) or {@code NAME-credential} (the name of a systemd
   * credential); both together are a fault.
   */
  public Optional<Secret> secret(YamlMapping mapping, String name) {
    Optional<YamlValue> file = mapping.value(name + "-file");
    Optional<YamlValue> credential = mapping.value(name + "-credential");
    if (file.isPresent() && credential.isPresent()) {
      mapping.faultAt(name + "-credential", "stands beside " + name + "-file", "keep one of them");
      return Optional.empty();
    }
    return file.flatMap(value -> path(value).flatMap(path -> secret(value, path)))
        .or(() -> credential.flatMap(this::credential));
  }

  private Optional<Secret> credential(YamlValue value) {
    Optional<String> name =
        value.parsed(
            "a credential's name, without a slash",
            text -> Optional.of(text).filter(t -> t.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")));
    if (name.isPresent() && credentials.isEmpty()) {
      value.fault(
          "systemd gave no credentials (CREDENTIALS_DIRECTORY is not set)",
          "add LoadCredential=" + name.get() + ":FILE to the unit");
    }
    return name.flatMap(n -> credentials.flatMap(dir -> secret(value, dir.resolve(n))));
  }

  private Optional<Secret> secret(YamlValue value, Path path) {
    try {
      return Optional.of(new SecretFile(path, isCredential(path)).read());
    } catch (SecretFile.SecretUnusable e) {
      value.fault(e.fault().message(), e.fault().remedy());
      return Optional.empty();
    }
  }

  private static boolean usable(YamlValue value, SecretFile file) {
    Optional<SecretFile.Fault> fault = file.fault();
    fault.ifPresent(f -> value.fault(f.message(), f.remedy()));
    return fault.isEmpty();
  }

  private boolean isCredential(Path path) {
    return credentials.filter(dir -> path.startsWith(dir)).isPresent();
  }
}
