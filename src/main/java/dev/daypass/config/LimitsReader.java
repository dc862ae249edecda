package dev.daypass.config;

import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the key {@code limits}. */
final class LimitsReader {
  private static final Pattern RATE = Pattern.compile("([0-9]{1,7})/([smh])");
  private static final LimitsConfig DEFAULTS = LimitsConfig.DEFAULTS;
  private static final List<String> KEYS =
      List.of(
          "trusted-proxies",
          "requests-per-address",
          "requests-per-identity",
          "body",
          "header",
          "connections",
          "connections-per-address",
          "deadline",
          "idle",
          "certificate-lifetime");

  private LimitsReader() {}

  static LimitsConfig read(YamlMapping root) {
    return root.value("limits")
        .flatMap(value -> value.mapping(KEYS))
        .map(LimitsReader::limits)
        .orElse(DEFAULTS);
  }

  private static LimitsConfig limits(YamlMapping limits) {
    return new LimitsConfig(
        limits.value("trusted-proxies").map(LimitsReader::networks).orElse(List.of()),
        rate(limits, "requests-per-address", DEFAULTS.requestsPerAddress()),
        rate(limits, "requests-per-identity", DEFAULTS.requestsPerIdentity()),
        size(limits, "body", DEFAULTS.bodyBytes(), 1 << 20),
        size(limits, "header", DEFAULTS.headerBytes(), 64 << 10),
        number(limits, "connections", DEFAULTS.connections()),
        number(limits, "connections-per-address", DEFAULTS.connectionsPerAddress()),
        duration(limits, "deadline", DEFAULTS.deadline(), Duration.ofMinutes(5)),
        duration(limits, "idle", DEFAULTS.idle(), Duration.ofMinutes(10)),
        duration(
            limits, "certificate-lifetime", DEFAULTS.certificateLifetime(), Duration.ofDays(7)));
  }

  static Optional<Rate> rate(String text) {
    Matcher matcher = RATE.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 1) {
      return Optional.empty();
    }
    Duration per =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    return Optional.of(new Rate(Integer.parseInt(matcher.group(1)), per));
  }

  private static Rate rate(YamlMapping limits, String key, Rate otherwise) {
    return limits
        .value(key)
        .flatMap(v -> v.parsed("a rate such as 50/s, 600/m or 20/h", LimitsReader::rate))
        .orElse(otherwise);
  }

  private static int size(YamlMapping limits, String key, int otherwise, int max) {
    return limits.value(key).flatMap(v -> v.size(4 << 10, max)).orElse(otherwise);
  }

  private static int number(YamlMapping limits, String key, int otherwise) {
    return limits.value(key).flatMap(v -> v.number(1, 100_000)).orElse(otherwise);
  }

  private static Duration duration(
      YamlMapping limits, String key, Duration otherwise, Duration max) {
    return limits.value(key).flatMap(v -> v.duration(Duration.ofSeconds(1), max)).orElse(otherwise);
  }

  private static List<String> networks(YamlValue value) {
    return value.items().stream()
        .map(item -> item.parsed("a network such as 10.0.0.5/32", Optional::of))
        .flatMap(Optional::stream)
        .toList();
  }
}
