package dev.daypass.web.api;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether certificates can be issued now.
 *
 * @param checks each part and its state in a few words, as {@code rollback: unprotected}; none of
 *     them secret
 */
public record ReadinessReport(boolean ready, SortedMap<String, String> checks) {
  public ReadinessReport {
    checks = Collections.unmodifiableSortedMap(new TreeMap<>(checks));
  }

  public static ReadinessReport of(boolean ready, Map<String, String> checks) {
    return new ReadinessReport(ready, new TreeMap<>(checks));
  }
}
