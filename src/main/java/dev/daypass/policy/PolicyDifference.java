package dev.daypass.policy;

import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is different in another policy, by name: {@code role prod-db-debug}, {@code duty operator},
 * {@code group dba}.
 */
public record PolicyDifference(
    SortedSet<String> added, SortedSet<String> removed, SortedSet<String> changed) {
  /** From one to the other. */
  public static PolicyDifference between(Policy before, Policy after) {
    SortedMap<String, Object> old = parts(before);
    SortedMap<String, Object> now = parts(after);
    SortedSet<String> added = new TreeSet<>(now.keySet());
    added.removeAll(old.keySet());
    SortedSet<String> removed = new TreeSet<>(old.keySet());
    removed.removeAll(now.keySet());
    SortedSet<String> changed = new TreeSet<>(now.keySet());
    changed.removeIf(
        name -> !old.containsKey(name) || Objects.equals(old.get(name), now.get(name)));
    return new PolicyDifference(added, removed, changed);
  }

  /** Whether nothing means anything else: comments and order may differ. */
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
  }

  private static SortedMap<String, Object> parts(Policy policy) {
    SortedMap<String, Object> parts = new TreeMap<>();
    policy.roles().forEach((name, role) -> parts.put("role " + name, role));
    policy.duties().forEach((name, rules) -> parts.put("duty " + name.text(), rules));
    policy.groups().forEach((name, members) -> parts.put("group " + name, members));
    return parts;
  }
}
