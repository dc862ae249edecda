package dev.daypass.config.keys;

import dev.daypass.config.value.Places;
import dev.daypass.config.value.Secret;
import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.ssh.signature.RsaHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads where one key is kept: the first key of its mapping says which custody. */
public final class KeyReader {
  private static final List<String> FILE =
      List.of("file", "passphrase-file", "passphrase-credential", "rsa-signature");
  private static final List<String> AGENT = List.of("agent", "public-key", "rsa-signature");
  private static final List<String> TOKEN =
      List.of(
          "pkcs11",
          "token",
          "key",
          "public-key",
          "pin-file",
          "pin-credential",
          "sessions",
          "rsa-signature");
  private static final List<String> RSA_SIGNATURES =
      List.of(RsaHash.SHA512.algorithm(), RsaHash.SHA256.algorithm());
  private static final int MAX_SESSIONS = 256;
  private static final int USUAL_SESSIONS = 4;

  private final Places places;
  private final Path usual;

  /**
   * @param usual the key file where the configuration names none
   */
  public KeyReader(Places places, Path usual) {
    this.places = places;
    this.usual = usual;
  }

  /** The key of that value, or the usual one. */
  public KeyConfig read(Optional<YamlValue> value) {
    return value
        .flatMap(YamlValue::mapping)
        .map(this::key)
        .orElse(new KeyConfig.InFile(usual, Optional.empty(), RsaHash.SHA512));
  }

  private KeyConfig key(YamlMapping key) {
    if (key.value("agent").isPresent()) {
      return agent(key.allowing(AGENT));
    }
    return key.value("pkcs11").isPresent() ? token(key.allowing(TOKEN)) : file(key.allowing(FILE));
  }

  private KeyConfig file(YamlMapping key) {
    Path file =
        key.require("file", "name the file (daypassd init makes it), an agent, or pkcs11")
            .flatMap(places::statePath)
            .orElse(usual);
    Optional<Secret> passphrase = places.secret(key, "passphrase");
    return new KeyConfig.InFile(file, passphrase, rsaHash(key));
  }

  private KeyConfig agent(YamlMapping key) {
    Path socket = key.value("agent").flatMap(places::path).orElse(usual);
    return new KeyConfig.InAgent(socket, publicHalf(key, "ssh-add -L"), rsaHash(key));
  }

  private KeyConfig token(YamlMapping key) {
    Path module =
        key.value("pkcs11")
            .flatMap(v -> places.existing(v, "name the module's shared library"))
            .orElse(usual);
    Optional<Secret> pin = places.secret(key, "pin");
    if (pin.isEmpty() && key.value("pin-file").isEmpty() && key.value("pin-credential").isEmpty()) {
      key.fault(key.path("pin-file"), "pin-file is missing", "name the file of the token's PIN");
    }
    return new KeyConfig.InToken(
        module,
        key.require("token", "name the token's label").flatMap(YamlValue::text).orElse(""),
        key.require("key", "name the private key's label").flatMap(YamlValue::text).orElse(""),
        publicHalf(key, "ssh-keygen -D MODULE"),
        pin.orElse(Secret.of("")),
        key.value("sessions").flatMap(v -> v.number(1, MAX_SESSIONS)).orElse(USUAL_SESSIONS),
        rsaHash(key));
  }

  private Path publicHalf(YamlMapping key, String command) {
    return key.require("public-key", "name the file of its public half: " + command + " prints it")
        .flatMap(v -> places.existing(v, "write the line there that " + command + " prints"))
        .orElse(usual);
  }

  private static RsaHash rsaHash(YamlMapping key) {
    return key.value("rsa-signature")
        .flatMap(v -> v.oneOf(RSA_SIGNATURES))
        .flatMap(RsaHash::ofAlgorithm)
        .orElse(RsaHash.SHA512);
  }
}
