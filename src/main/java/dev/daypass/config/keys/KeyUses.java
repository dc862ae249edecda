package dev.daypass.config.keys;

import dev.daypass.config.value.Places;
import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the keys of each use, and refuses a second use of one (DESIGN section 3). */
public final class KeyUses {
  /** A trust bundle names no more of one use. */
  private static final int MAX_KEYS = 16;

  private final Optional<YamlMapping> keys;
  private final Places places;
  private final String folder;

  /** Which use has which key. */
  private final Map<String, String> uses = new HashMap<>();

  /**
   * @param keys the mapping of uses, if the file has one
   * @param folder where a key lies that the file does not name, below the state folder
   */
  public KeyUses(Optional<YamlMapping> keys, Places places, String folder) {
    this.keys = keys;
    this.places = places;
    this.folder = folder;
  }

  /** The keys of that use, in the order of the file: one mapping, or a list of them. */
  public List<KeyConfig> keys(String use) {
    Optional<YamlValue> value = keys.flatMap(m -> m.value(use));
    if (value.isEmpty() || !value.get().isList()) {
      return List.of(key(use));
    }
    List<KeyConfig> found = new ArrayList<>();
    for (YamlValue item : value.get().items()) {
      found.add(admitted(use, new KeyReader(places, usual(use)).read(Optional.of(item))));
    }
    if (found.isEmpty() || found.size() > MAX_KEYS) {
      value.get().fault("names " + found.size() + " keys", "name 1 to " + MAX_KEYS);
      found.add(new KeyReader(places, usual(use)).read(Optional.empty()));
    }
    return found;
  }

  /** The one key of that use. */
  public KeyConfig key(String use) {
    return admitted(use, new KeyReader(places, usual(use)).read(keys.flatMap(m -> m.value(use))));
  }

  private KeyConfig admitted(String use, KeyConfig key) {
    String other = uses.putIfAbsent(key.place(), use);
    if (other != null) {
      // Whichever of the two the file names.
      keys.ifPresent(m ->
          m.faultAt(
              m.value(use).isPresent() ? use : other,
              other.equals(use)
                  ? "names one key twice"
                  : "one key has two uses, " + other + " and " + use,
              other.equals(use) ? "name it once" : "give each use a key of its own"));
    }
    return key;
  }

  private Path usual(String use) {
    return places.state().resolve(folder).resolve(use);
  }
}
