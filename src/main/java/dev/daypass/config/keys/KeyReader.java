package dev.daypass.config.keys;

import dev.daypass.config.value.Places;
import dev.daypass.config.value.Secret;
import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.ssh.signature.RsaHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads where one key is kept. */
final class KeyReader {
  private static final List<String> KEYS =
      List.of(
          "file",
          "passphrase-file",
          "passphrase-credential",
          "agent",
          "public-key",
          "rsa-signature");
  private static final List<String> RSA_SIGNATURES =
      List.of(RsaHash.SHA512.algorithm(), RsaHash.SHA256.algorithm());

  private final Places places;
  private final Path usual;

  /**
   * @param usual the key file where the configuration names none
   */
  KeyReader(Places places, Path usual) {
    this.places = places;
    this.usual = usual;
  }

  KeyConfig read(Optional<YamlValue> value) {
    return value
        .flatMap(v -> v.mapping(KEYS))
        .map(key -> key.value("agent").map(agent -> agent(key, agent)).orElseGet(() -> file(key)))
        .orElse(new KeyConfig.InFile(usual, Optional.empty(), RsaHash.SHA512));
  }

  private KeyConfig file(YamlMapping key) {
    if (key.value("public-key").isPresent()) {
      key.faultAt("public-key", "has no meaning for a key in a file", "remove it");
    }
    Path file =
        key.require("file", "name the file; daypassd init makes it")
            .flatMap(places::statePath)
            .orElse(usual);
    Optional<Secret> passphrase = places.secret(key, "passphrase");
    return new KeyConfig.InFile(file, passphrase, rsaHash(key));
  }

  private KeyConfig agent(YamlMapping key, YamlValue agent) {
    for (String foreign : List.of("file", "passphrase-file", "passphrase-credential")) {
      if (key.value(foreign).isPresent()) {
        key.faultAt(foreign, "has no meaning for a key in an agent", "remove it");
      }
    }
    Path half =
        key.require("public-key", "name the file of its public half: ssh-add -L prints it")
            .flatMap(v -> places.existing(v, "write the line there that ssh-add -L prints"))
            .orElse(usual);
    return new KeyConfig.InAgent(places.path(agent).orElse(usual), half, rsaHash(key));
  }

  private static RsaHash rsaHash(YamlMapping key) {
    return key.value("rsa-signature")
        .flatMap(v -> v.oneOf(RSA_SIGNATURES))
        .flatMap(RsaHash::ofAlgorithm)
        .orElse(RsaHash.SHA512);
  }
}
