package dev.daypass.config.keys;

import dev.daypass.config.value.Places;
import dev.daypass.config.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the key {@code keys}. */
public final class KeysReader {
  private static final List<String> KEYS =
      List.of("user-ca", "host-ca", "ledger", "channel", "blocked");

  private final Optional<YamlMapping> keys;
  private final Places places;

  public KeysReader(YamlMapping root, Places places) {
    this.keys = root.value("keys").flatMap(v -> v.mapping(KEYS));
    this.places = places;
  }

  public KeysConfig read() {
    return new KeysConfig(
        file("user-ca"),
        file("host-ca"),
        file("ledger"),
        file("channel"),
        keys.flatMap(m -> m.value("blocked")).flatMap(places::path));
  }

  private Path file(String name) {
    return keys.flatMap(m -> m.value(name))
        .flatMap(v -> v.mapping(List.of("file")))
        .flatMap(m -> m.require("file", "name the file; daypassd init makes it"))
        .flatMap(places::statePath)
        .orElse(places.state().resolve(KeysConfig.DEFAULT_FOLDER).resolve(name));
  }
}
