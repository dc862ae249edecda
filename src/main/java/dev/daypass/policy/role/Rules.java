package dev.daypass.policy.role;

import java.util.List;

/** The conditions of a role or duty: one of {@code allow} must hold, and none of {@code deny}. */
public record Rules(List<Rule> allow, List<Rule> deny) {

  public Rules {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }
}
