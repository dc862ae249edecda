package dev.daypass.config.keys;

import dev.daypass.config.value.Places;
import dev.daypass.config.yaml.YamlMapping;
import java.util.List;
import java.util.Optional;

/** Reads the key {@code keys}. */
public final class KeysReader {
  private static final List<String> KEYS =
      List.of("user-ca", "host-ca", "ledger", "channel", "blocked", "signer");
  private static final List<String> BEHIND_SIGNER = List.of("user-ca", "host-ca", "ledger");

  private final Optional<YamlMapping> keys;
  private final Places places;

  public KeysReader(YamlMapping root, Places places) {
    this.keys = root.value("keys").flatMap(v -> v.mapping(KEYS));
    this.places = places;
  }

  public KeysConfig read() {
    keys.ifPresent(this::requireNoKeyBesideSigner);
    KeyUses uses = new KeyUses(keys, places, KeysConfig.DEFAULT_FOLDER);
    return new KeysConfig(
        uses.keys("user-ca"),
        uses.keys("host-ca"),
        uses.keys("ledger"),
        uses.key("channel"),
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
}
