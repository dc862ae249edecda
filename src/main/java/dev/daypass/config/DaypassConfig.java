package dev.daypass.config;

import dev.daypass.config.identity.ProviderConfig;
import dev.daypass.config.keys.KeysConfig;
import dev.daypass.config.ledger.LedgerConfig;
import dev.daypass.config.outward.OutwardConfig;
import dev.daypass.login.LoginRules;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The checked content of {@code daypass.yaml} (DESIGN section 8). Every path in it is absolute.
 *
 * @param url the public origin {@code https://host[:port]}, in lower case and without a path: it is
 *     signed into each request and never taken from a header
 * @param identity the identity providers by their name in the file
 */
public record DaypassConfig(
    Path file,
    String url,
    ListenConfig listen,
    Path state,
    LedgerConfig ledger,
    StoreConfig store,
    Path policy,
    SortedMap<String, ProviderConfig> identity,
    KeysConfig keys,
    HostsConfig hosts,
    LoginRules login,
    LimitsConfig limits,
    OutwardConfig outward) {

  /** Where the daemon looks for {@code daypass.yaml} unless {@code --config} says otherwise. */
  public static final Path DEFAULT_FILE = Path.of("/etc/daypass/daypass.yaml");

  static final Path DEFAULT_STATE = Path.of("/var/lib/daypass");

  /** Beside {@code daypass.yaml}. */
  static final String DEFAULT_POLICY = "policy.yaml";

  public DaypassConfig {
    identity = Collections.unmodifiableSortedMap(new TreeMap<>(identity));
  }
}
