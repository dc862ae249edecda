package dev.daypass.config.keys;

import dev.daypass.config.value.Places;
import dev.daypass.config.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the key {@code keys}. */
public final class KeysReader {
  private static final List<String> KEYS =
      List.of("user-ca", "host-ca", "ledger", "channel", "blocked", "signer");
  private static final List<String> BEHIND_SIGNER = List.of("user-ca", "host-ca", "ledger");

  private final Optional<YamlMapping> keys;
  private final Places places;

  /** Which use has which key, to refuse a second use of one. */
  private final Map<String, String> uses = new HashMap<>();

  public KeysReader(YamlMapping root, Places places) {
    this.keys = root.value("keys").flatMap(v -> v.mapping(KEYS));
    this.places = places;
  }

  public KeysConfig read() {
    keys.ifPresent(this::requireNoKeyBesideSigner);
    return new KeysConfig(
        key("user-ca"),
        key("host-ca"),
        key("ledger"),
        key("channel"),
        keys.flatMap(m -> m.value("blocked")).flatMap(places::path),
        keys.flatMap(m -> m.value("signer")).flatMap(places::path));
  }

  private void requireNoKeyBesideSigner(YamlMapping named) {
    for (String use : BEHIND_SIGNER) {
      if (named.value("signer").isPresent() && named.value(use).isPresent()) {
        named.faultAt(use, "stands beside keys.signer, which holds it", "name it in signer.yaml");
      }
    }
  }

  private KeyConfig key(String use) {
    Path usual = places.state().resolve(KeysConfig.DEFAULT_FOLDER).resolve(use);
    KeyConfig key = new KeyReader(places, usual).read(keys.flatMap(m -> m.value(use)));
    String other = uses.putIfAbsent(key.place(), use);
    if (other != null) {
      // Whichever of the two the file names.
      keys.ifPresent(m -> {
        String named = m.value(use).isPresent() ? use : other;
        m.faultAt(
            named,
            "one key has two uses, " + other + " and " + use,
            "give each use a key of its own");
      });
    }
    return key;
  }
}
