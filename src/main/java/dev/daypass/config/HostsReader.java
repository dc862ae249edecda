package dev.daypass.config;

import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.host.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the key {@code hosts}. */
final class HostsReader {
  private static final Pattern PATTERN = Pattern.compile("[a-z0-9*?][a-z0-9.*?-]{0,252}");

  private HostsReader() {}

  static HostsConfig read(YamlMapping root) {
    Optional<YamlMapping> hosts =
        root.value("hosts").flatMap(v -> v.mapping(List.of("patterns", "known")));
    return new HostsConfig(
        hosts.flatMap(m -> m.value("patterns")).map(HostsReader::patterns).orElse(List.of()),
        hosts.flatMap(m -> m.value("known")).map(HostsReader::known).orElse(List.of()));
  }

  /** A pattern goes into a client's {@code Match host} line: nothing else may stand in it. */
  private static List<String> patterns(YamlValue value) {
    return value.items().stream()
        .map(item ->
            item.parsed(
                "a host pattern such as *.prod.example.com, and not every host",
                text ->
                    Optional.of(text)
                        .filter(PATTERN.asMatchPredicate())
                        .filter(t -> !t.matches("[*?.]+"))))
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<Host> known(YamlValue value) {
    List<Host> known = new ArrayList<>();
    value
        .mapping()
        .ifPresent(
            hosts -> hosts.values().forEach((name, labels) -> admit(hosts, name, labels, known)));
    return known;
  }

  private static void admit(YamlMapping hosts, String text, YamlValue value, List<Host> known) {
    Map<String, String> labels = labels(value);
    Optional<HostName> name = HostName.parse(text);
    if (name.isEmpty()) {
      hosts.faultAt(text, "is no DNS name in lower case", "write it as DNS has it");
    }
    name.ifPresent(n -> known.add(new Host(n, labels)));
  }

  private static Map<String, String> labels(YamlValue value) {
    Map<String, String> labels = new LinkedHashMap<>();
    Optional<YamlMapping> mapping = value.mapping();
    for (var entry : mapping.map(m -> m.values().entrySet()).orElse(Set.of())) {
      if (!Label.isName(entry.getKey())) {
        mapping.get().faultAt(entry.getKey(), "is no label", "use lower-case letters, digits, -");
      }
      entry
          .getValue()
          .parsed(
              "a label's value: letters, digits, . _ -",
              text -> Optional.of(text).filter(Label::isValue))
          .ifPresent(text -> labels.put(entry.getKey(), text));
    }
    return labels;
  }
}
