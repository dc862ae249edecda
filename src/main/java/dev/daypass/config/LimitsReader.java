package dev.daypass.config;

import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.policy.address.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the key {@code limits}. */
final class LimitsReader {
  private static final LimitsConfig DEFAULTS = LimitsConfig.DEFAULTS;
  private static final List<String> KEYS =
      List.of(
          "trusted-proxies",
          "connections",
          "connections-per-address",
          "requests-in-flight",
          "failures",
          "certificates",
          "idle",
          "receive",
          "deadline",
          "certificate-lifetime",
          "host-certificate-lifetime");

  private static final List<String> RATES =
      List.of("per-identity", "per-key", "per-address", "together");

  private final YamlMapping limits;

  private LimitsReader(YamlMapping limits) {
    this.limits = limits;
  }

  static LimitsConfig read(YamlMapping root) {
    return root.value("limits")
        .flatMap(value -> value.mapping(KEYS))
        .map(limits -> new LimitsReader(limits).read())
        .orElse(DEFAULTS);
  }

  private LimitsConfig read() {
    return new LimitsConfig(
        limits.value("trusted-proxies").map(LimitsReader::networks).orElse(List.of()),
        number("connections", DEFAULTS.connections()),
        number("connections-per-address", DEFAULTS.connectionsPerAddress()),
        number("requests-in-flight", DEFAULTS.requestsInFlight()),
        rate(limits, "failures", DEFAULTS.failures()),
        limits
            .value("certificates")
            .flatMap(value -> value.mapping(RATES))
            .map(LimitsReader::certificates)
            .orElse(DEFAULTS.certificates()),
        duration("idle", DEFAULTS.idle(), Duration.ofMinutes(10)),
        duration("receive", DEFAULTS.receive(), Duration.ofMinutes(1)),
        duration("deadline", DEFAULTS.deadline(), Duration.ofMinutes(5)),
        duration("certificate-lifetime", DEFAULTS.certificateLifetime(), Duration.ofDays(7)),
        duration(
            "host-certificate-lifetime", DEFAULTS.hostCertificateLifetime(), Duration.ofDays(365)));
  }

  private static CertificateRatesConfig certificates(YamlMapping rates) {
    CertificateRatesConfig otherwise = DEFAULTS.certificates();
    return new CertificateRatesConfig(
        rate(rates, "per-identity", otherwise.perIdentity()),
        rate(rates, "per-key", otherwise.perKey()),
        rate(rates, "per-address", otherwise.perAddress()),
        rate(rates, "together", otherwise.together()));
  }

  private static Rate rate(YamlMapping mapping, String key, Rate otherwise) {
    return mapping
        .value(key)
        .flatMap(v -> v.parsed("a rate such as 2/s, 120/m or 7200/h", Rate::parse))
        .orElse(otherwise);
  }

  private int number(String key, int otherwise) {
    return limits.value(key).flatMap(v -> v.number(1, 100_000)).orElse(otherwise);
  }

  private Duration duration(String key, Duration otherwise, Duration max) {
    return limits.value(key).flatMap(v -> v.duration(Duration.ofSeconds(1), max)).orElse(otherwise);
  }

  private static List<Cidr> networks(YamlValue value) {
    return value.items().stream()
        .map(item -> item.parsed("a network such as 10.0.0.0/8 or an address", Cidr::parse))
        .flatMap(Optional::stream)
        .toList();
  }
}
