package dev.daypass.config.ledger;

import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.ledger.entry.EntryKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the key {@code retention}: for how long details of each kind are kept. Kinds that it does
 * not name are under {@code default}, which is {@code keep}.
 */
final class RetentionReader {
  private static final String DEFAULT = "default";
  private static final String KEEP = "keep";

  /** Nothing that is alive is older; a certificate of a server may be valid for a year. */
  private static final Duration LEAST = Duration.ofDays(30);

  private static final Duration LEAST_OF_SERVERS = Duration.ofDays(367);
  private static final Duration MOST = Duration.ofDays(3650);

  private static final List<EntryKind> KINDS =
      Arrays.stream(EntryKind.values()).filter(EntryKind::isErasable).toList();
  private static final List<String> KEYS =
      Stream.concat(Stream.of(DEFAULT), KINDS.stream().map(EntryKind::wireName)).toList();

  private RetentionReader() {}

  static Map<EntryKind, Duration> read(YamlMapping root) {
    Optional<YamlMapping> retention =
        root.value("retention").flatMap(YamlValue::mapping).map(RetentionReader::withoutKept);
    Optional<Duration> byDefault =
        retention.flatMap(m -> m.value(DEFAULT)).flatMap(value -> age(value, LEAST));
    Map<EntryKind, Duration> ages = new EnumMap<>(EntryKind.class);
    for (EntryKind kind : KINDS) {
      Optional<YamlValue> own = retention.flatMap(m -> m.value(kind.wireName()));
      Optional<Duration> age =
          own.isPresent()
              ? age(own.get(), least(kind))
              : byDefault.map(shared -> longer(shared, least(kind)));
      age.ifPresent(known -> ages.put(kind, known));
    }
    return ages;
  }

  /** A kind whose details the ledger needs gets a fault of its own; any other word the usual. */
  private static YamlMapping withoutKept(YamlMapping mapping) {
    List<String> kept =
        mapping.values().keySet().stream()
            .filter(key -> EntryKind.ofWireName(key).filter(k -> !k.isErasable()).isPresent())
            .toList();
    kept.forEach(key ->
        mapping.faultAt(
            key,
            "is a kind whose details are always kept",
            "remove it: the ledger could not be checked without them"));
    return mapping.allowing(Stream.concat(KEYS.stream(), kept.stream()).toList());
  }

  /** Empty for {@code keep}, and where a fault was noted. */
  private static Optional<Duration> age(YamlValue value, Duration least) {
    return value.text().filter(KEEP::equals).isPresent()
        ? Optional.empty()
        : value.duration(least, MOST);
  }

  private static Duration least(EntryKind kind) {
    return kind == EntryKind.HOST_CERTIFICATE_GRANTED ? LEAST_OF_SERVERS : LEAST;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
