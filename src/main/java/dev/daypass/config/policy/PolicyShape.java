package dev.daypass.config.policy;

import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.policy.source.RawHolder;
import dev.daypass.policy.source.RawKeys;
import dev.daypass.policy.source.RawPolicy;
import dev.daypass.policy.source.RawRole;
import dev.daypass.policy.source.RawRule;
import dev.daypass.policy.source.RawRules;
import dev.daypass.policy.source.RawTtl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The keys of {@code policy.yaml} (DESIGN section 5, "Role keys, all of them"). */
final class PolicyShape {
  private static final List<String> RULES = List.of("allow", "deny");
  private static final List<String> ROLE =
      List.of(
          "description",
          "for",
          "accounts",
          "principals",
          "hosts",
          "patterns",
          "ttl",
          "extensions",
          "force-command",
          "source-address",
          "keys",
          "reason",
          "proof",
          "idp-grace",
          "session-grace",
          "max-auth-age",
          "allow",
          "deny");

  private final YamlMapping root;

  PolicyShape(YamlMapping root) {
    this.root = root.allowing(List.of("groups", "duties", "roles"));
  }

  RawPolicy read() {
    return new RawPolicy(
        each(root.value("groups"), value -> Optional.of(value.texts())),
        each(root.value("duties"), value -> value.mapping(RULES).map(PolicyShape::rules)),
        each(
            root.require("roles", "name at least one role"),
            value -> value.mapping(ROLE).map(PolicyShape::role)));
  }

  private static RawRole role(YamlMapping role) {
    return new RawRole(
        role.value("description").flatMap(YamlValue::block),
        role.value("for").flatMap(PolicyShape::holder),
        texts(role, "accounts"),
        texts(role, "principals"),
        each(role.value("hosts"), YamlValue::text),
        texts(role, "patterns"),
        role.value("ttl")
            .flatMap(v -> v.mapping(List.of("default", "max")))
            .map(ttl -> new RawTtl(text(ttl, "default"), text(ttl, "max"))),
        texts(role, "extensions"),
        text(role, "force-command"),
        role.value("source-address").map(PolicyShape::oneOrMore),
        role.value("keys")
            .flatMap(v -> v.mapping(List.of("types", "verify-required")))
            .map(PolicyShape::keys),
        text(role, "reason"),
        text(role, "proof"),
        text(role, "idp-grace"),
        text(role, "session-grace"),
        text(role, "max-auth-age"),
        rules(role));
  }

  private static Optional<RawHolder> holder(YamlValue value) {
    if (value.isText()) {
      return value.text().map(kind -> new RawHolder(kind, List.of()));
    }
    return value
        .mapping(List.of("kind", "issuers"))
        .flatMap(holder ->
            holder
                .require("kind", "write kind: person or kind: service")
                .flatMap(YamlValue::text)
                .map(kind -> new RawHolder(kind, texts(holder, "issuers"))));
  }

  private static RawKeys keys(YamlMapping keys) {
    return new RawKeys(
        keys.value("types").map(YamlValue::texts),
        keys.value("verify-required").flatMap(YamlValue::flag).orElse(false));
  }

  private static RawRules rules(YamlMapping holder) {
    return new RawRules(ruleList(holder, "allow"), ruleList(holder, "deny"));
  }

  private static List<RawRule> ruleList(YamlMapping holder, String key) {
    List<RawRule> rules = new ArrayList<>();
    for (YamlValue item : holder.value(key).map(YamlValue::items).orElse(List.of())) {
      Optional<YamlMapping> rule = item.mapping(List.of("when", "because"));
      rule.flatMap(r -> r.require("when", "write when: '\"dba\" in identity.groups'"))
          .flatMap(YamlValue::block)
          .ifPresent(when ->
              rules.add(
                  new RawRule(
                      when, rule.flatMap(r -> r.value("because")).flatMap(YamlValue::block))));
    }
    return rules;
  }

  private static Optional<String> text(YamlMapping mapping, String key) {
    return mapping.value(key).flatMap(YamlValue::text);
  }

  private static List<String> texts(YamlMapping mapping, String key) {
    return mapping.value(key).map(YamlValue::texts).orElse(List.of());
  }

  private static List<String> oneOrMore(YamlValue value) {
    return value.isText() ? value.text().map(List::of).orElse(List.of()) : value.texts();
  }

  private static <T> Map<String, T> each(
      Optional<YamlValue> section, Function<YamlValue, Optional<T>> reading) {
    Map<String, T> read = new LinkedHashMap<>();
    section
        .flatMap(YamlValue::mapping)
        .ifPresent(mapping ->
            mapping
                .values()
                .forEach(
                    (name, value) -> reading.apply(value).ifPresent(item -> read.put(name, item))));
    return read;
  }
}
