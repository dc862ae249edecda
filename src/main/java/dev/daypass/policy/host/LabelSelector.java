package dev.daypass.policy.host;

import java.util.Map;

/** Selects the servers that carry every one of these labels; without labels it selects all. */
public record LabelSelector(Map<String, String> labels) {

  public static final LabelSelector ALL = new LabelSelector(Map.of());

  public LabelSelector {
    labels = Map.copyOf(labels);
  }

  public boolean selects(Host host) {
    return host.labels().entrySet().containsAll(labels.entrySet());
  }
}
