package dev.daypass.fleet;

import java.util.List;

/** The witnesses that servers demand, as lines of a C2SP tlog-policy; none if empty. */
public record WitnessPolicy(List<String> lines) {
  /** No witness is demanded. */
  public static final WitnessPolicy NONE = new WitnessPolicy(List.of());
}
