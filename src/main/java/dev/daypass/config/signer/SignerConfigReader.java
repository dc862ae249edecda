package dev.daypass.config.signer;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.file.ConfigText;
import dev.daypass.config.keys.KeyUses;
import dev.daypass.config.value.Places;
import dev.daypass.config.yaml.Faults;
import dev.daypass.config.yaml.YamlDocument;
import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code signer.yaml}; every fault is reported at once. */
public final class SignerConfigReader {
  private static final Path STATE = Path.of("/var/lib/daypass-signer");
  private static final Duration MIN_LIFETIME = Duration.ofMinutes(1);
  private static final int MAX_A_MINUTE = 100_000_000;

  private final Optional<Path> credentials;

  /**
   * A reader that finds systemd credentials in a folder.
   *
   * @param credentials the value of {@code CREDENTIALS_DIRECTORY}, if systemd set one
   */
  public SignerConfigReader(Optional<Path> credentials) {
    this.credentials = credentials;
  }

  /** Reads a file. */
  public SignerConfig read(Path file) throws ConfigInvalid {
    String text = ConfigText.read(file);
    Faults faults = new Faults();
    Optional<SignerConfig> config =
        YamlDocument.read(text, faults).flatMap(root -> read(root, file));
    ConfigText.requireNone(faults, file);
    return config.orElseThrow();
  }

  private Optional<SignerConfig> read(YamlMapping root, Path file) {
    root.allowing(List.of("socket", "client", "state", "ledger", "keys", "limits"));
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    Path state =
        root.value("state")
            .flatMap(YamlValue::text)
            .map(path -> folder.resolve(path).normalize())
            .orElse(STATE);
    Places places = new Places(folder, state, credentials);
    Optional<YamlMapping> ledger =
        root.require("ledger", "write ledger: { origin: … } as in daypass.yaml")
            .flatMap(v -> v.mapping(List.of("origin", "head")));
    Optional<String> origin =
        ledger.flatMap(m -> m.require("origin", "as in daypass.yaml")).flatMap(YamlValue::text);
    SignerConfig.Keys keys = keys(root, places);
    Optional<YamlMapping> limits =
        root.value("limits")
            .flatMap(v ->
                v.mapping(
                    List.of("certificate-lifetime", "host-certificate-lifetime", "signatures")));
    SignerConfig.Signatures signatures = signatures(limits);
    Duration user = lifetime(limits, "certificate-lifetime", Duration.ofHours(24));
    Duration host = lifetime(limits, "host-certificate-lifetime", Duration.ofDays(30));
    Path socket =
        root.value("socket").flatMap(places::path).orElse(Path.of("/run/daypass-signer/socket"));
    String client = root.value("client").flatMap(YamlValue::text).orElse("daypass");
    Path head =
        ledger
            .flatMap(m -> m.value("head"))
            .flatMap(places::statePath)
            .orElse(state.resolve("head"));
    return origin.map(
        name -> new SignerConfig(socket, client, name, head, keys, user, host, signatures));
  }

  private static SignerConfig.Keys keys(YamlMapping root, Places places) {
    Optional<YamlMapping> keys =
        root.value("keys").flatMap(v -> v.mapping(List.of("user-ca", "host-ca", "ledger")));
    KeyUses uses = new KeyUses(keys, places, "keys");
    return new SignerConfig.Keys(uses.keys("user-ca"), uses.keys("host-ca"), uses.keys("ledger"));
  }

  private static Duration lifetime(Optional<YamlMapping> limits, String key, Duration most) {
    return limits
        .flatMap(m -> m.value(key))
        .flatMap(v -> v.duration(MIN_LIFETIME, Duration.ofDays(365)))
        .orElse(most);
  }

  private static SignerConfig.Signatures signatures(Optional<YamlMapping> limits) {
    SignerConfig.Signatures usual = SignerConfig.Signatures.DEFAULTS;
    return limits
        .flatMap(m -> m.value("signatures"))
        .flatMap(v -> v.mapping(List.of("user-ca", "host-ca", "ledger")))
        .map(m ->
            new SignerConfig.Signatures(
                aMinute(m, "user-ca", usual.userCa()),
                aMinute(m, "host-ca", usual.hostCa()),
                aMinute(m, "ledger", usual.ledger())))
        .orElse(usual);
  }

  private static int aMinute(YamlMapping signatures, String key, int otherwise) {
    return signatures.value(key).flatMap(v -> v.number(1, MAX_A_MINUTE)).orElse(otherwise);
  }
}
