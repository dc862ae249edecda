package dev.daypass.policy;

import dev.daypass.policy.source.RawHolder;
import dev.daypass.policy.source.RawKeys;
import dev.daypass.policy.source.RawRole;
import dev.daypass.policy.source.RawRule;
import dev.daypass.policy.source.RawRules;
import dev.daypass.policy.source.RawTtl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds a role as a policy file has it, by that file's keys. */
public final class RawRoles {

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();
  private final List<RawRule> allow = new ArrayList<>();
  private final List<RawRule> deny = new ArrayList<>();
  private Map<String, String> hosts = Map.of("env", "prod", "tier", "db");
  private Optional<RawHolder> holder = Optional.empty();
  private Optional<RawTtl> ttl = Optional.of(new RawTtl(Optional.of("30m"), Optional.of("1h")));
  private Optional<RawKeys> keys = Optional.empty();

  private RawRoles() {
    lists.put("accounts", List.of("db-debug"));
  }

  /** The role that opens {@code db-debug} on prod databases to whom the rules allow. */
  public static RawRoles role() {
    return new RawRoles();
  }

  /** The same, allowed to everybody that it is for. */
  public static RawRoles open() {
    return role().allow("true");
  }

  public RawRoles text(String key, String value) {
    texts.put(key, value);
    return this;
  }

  public RawRoles list(String key, String... values) {
    lists.put(key, List.of(values));
    return this;
  }

  public RawRoles hosts(Map<String, String> labels) {
    hosts = labels;
    return this;
  }

  public RawRoles holder(String kind, String... issuers) {
    holder = Optional.of(new RawHolder(kind, List.of(issuers)));
    return this;
  }

  public RawRoles ttl(String standard, String max) {
    ttl =
        Optional.of(
            new RawTtl(
                standard.isEmpty() ? Optional.empty() : Optional.of(standard), Optional.of(max)));
    return this;
  }

  public RawRoles noTtl() {
    ttl = Optional.empty();
    return this;
  }

  public RawRoles keys(boolean verifyRequired, String... types) {
    keys =
        Optional.of(
            new RawKeys(
                types.length == 0 ? Optional.empty() : Optional.of(List.of(types)),
                verifyRequired));
    return this;
  }

  public RawRoles allow(String... conditions) {
    Arrays.stream(conditions).forEach(when -> allow.add(new RawRule(when, Optional.empty())));
    return this;
  }

  public RawRoles deny(String when, String because) {
    deny.add(new RawRule(when, Optional.of(because)));
    return this;
  }

  public RawRole build() {
    return new RawRole(
        text("description"),
        holder,
        listOf("accounts"),
        listOf("principals"),
        hosts,
        listOf("patterns"),
        ttl,
        listOf("extensions"),
        text("force-command"),
        Optional.ofNullable(lists.get("source-address")),
        keys,
        text("reason"),
        text("proof"),
        text("idp-grace"),
        text("session-grace"),
        text("max-auth-age"),
        new RawRules(allow, deny));
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(texts.get(key));
  }

  private List<String> listOf(String key) {
    return lists.getOrDefault(key, List.of());
  }
}
