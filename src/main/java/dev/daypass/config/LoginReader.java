package dev.daypass.config;

import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.login.LoginRules;
import dev.daypass.policy.address.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the key {@code login}: what the operator decides about logins (DESIGN section 4). */
final class LoginReader {
  private static final LoginRules DEFAULTS = LoginRules.DEFAULTS;
  private static final List<String> KEYS =
      List.of(
          "lifetime", "lifetime-without-refresh", "check-age", "grace", "device", "other-address");

  private final YamlMapping login;

  private LoginReader(YamlMapping login) {
    this.login = login;
  }

  static LoginRules read(YamlMapping root) {
    return root.value("login")
        .flatMap(value -> value.mapping(KEYS))
        .map(login -> new LoginReader(login).read())
        .orElse(DEFAULTS);
  }

  private LoginRules read() {
    return new LoginRules(
        shorter("lifetime", Duration.ofSeconds(1), DEFAULTS.lifetime()),
        shorter(
            "lifetime-without-refresh", Duration.ofSeconds(1), DEFAULTS.lifetimeWithoutRefresh()),
        shorter("check-age", Duration.ofSeconds(1), DEFAULTS.checkAge()),
        shorter("grace", Duration.ZERO, DEFAULTS.grace()),
        login
            .value("device")
            .flatMap(value -> value.mapping(List.of("networks")))
            .map(device -> device.value("networks").map(LoginReader::networks).orElse(List.of())),
        login
            .value("other-address")
            .flatMap(value -> value.parsed("refuse or allow", LoginReader::isAllowed))
            .orElse(DEFAULTS.otherAddressAllowed()));
  }

  /** The defaults are the most that the design promises to anybody. */
  private Duration shorter(String key, Duration min, Duration otherwise) {
    return login.value(key).flatMap(v -> v.duration(min, otherwise)).orElse(otherwise);
  }

  private static List<Cidr> networks(YamlValue value) {
    return value.items().stream()
        .map(item -> item.parsed("a network such as 10.0.0.0/8 or an address", Cidr::parse))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Boolean> isAllowed(String text) {
    return switch (text) {
      case "refuse" -> Optional.of(false);
      case "allow" -> Optional.of(true);
      default -> Optional.empty();
    };
  }
}
