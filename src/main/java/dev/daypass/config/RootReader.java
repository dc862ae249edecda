package dev.daypass.config;

import dev.daypass.config.identity.IdentityReader;
import dev.daypass.config.keys.KeysConfig;
import dev.daypass.config.keys.KeysReader;
import dev.daypass.config.ledger.LedgerConfig;
import dev.daypass.config.ledger.LedgerReader;
import dev.daypass.config.outward.OutwardConfig;
import dev.daypass.config.outward.OutwardReader;
import dev.daypass.config.value.Places;
import dev.daypass.config.value.PublicOrigin;
import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the root of {@code daypass.yaml} and its small sections. */
final class RootReader {
  private static final List<String> KEYS =
      List.of(
          "url",
          "listen",
          "tls",
          "state",
          "ledger",
          "retention",
          "store",
          "policy",
          "identity",
          "keys",
          "hosts",
          "login",
          "limits",
          "events",
          "alarms",
          "mail");

  private final YamlMapping root;
  private final Path file;
  private final Places places;

  RootReader(YamlMapping root, Path file, Optional<Path> state, Optional<Path> credentials) {
    this.file = file;
    Path folder = ConfigReader.folderOf(file);
    this.root = root.allowing(KEYS);
    Path stated =
        root.value("state")
            .flatMap(YamlValue::text)
            .map(text -> folder.resolve(text).normalize())
            .orElse(DaypassConfig.DEFAULT_STATE);
    this.places =
        new Places(
            folder, state.map(p -> p.toAbsolutePath().normalize()).orElse(stated), credentials);
  }

  /** Empty only where a fault was noted. */
  Optional<DaypassConfig> read() {
    Optional<String> url =
        root.require("url", "write the address under which clients reach the CA")
            .flatMap(PublicOrigin::read);
    LimitsConfig limits = LimitsReader.read(root);
    Optional<ListenConfig> listen =
        new ListenReader(root, places).read(!limits.trustedProxies().isEmpty());
    Optional<LedgerConfig> ledger = new LedgerReader(places).read(root);
    StoreConfig store = store();
    var identity = new IdentityReader(places).read(root);
    KeysConfig keys = new KeysReader(root, places).read();
    HostsConfig hosts = HostsReader.read(root);
    OutwardConfig outward = new OutwardReader(places).read(root);
    Path beside = places.folder().resolve(DaypassConfig.DEFAULT_POLICY);
    Path policy = root.value("policy").flatMap(places::path).orElse(beside);
    if (url.isEmpty() || listen.isEmpty() || ledger.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DaypassConfig(
            file,
            url.get(),
            listen.get(),
            places.state(),
            ledger.get(),
            store,
            policy,
            identity,
            keys,
            hosts,
            LoginReader.read(root),
            limits,
            outward));
  }

  private StoreConfig store() {
    return new StoreConfig(
        root.value("store")
            .flatMap(v -> v.mapping(List.of("sqlite")))
            .flatMap(m -> m.value("sqlite"))
            .flatMap(places::statePath)
            .orElse(places.state().resolve(StoreConfig.DEFAULT_SQLITE)));
  }
}
