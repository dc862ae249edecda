package dev.daypass.config.policy;

import dev.daypass.config.file.ConfigProblem;
import dev.daypass.policy.Policy;
import java.util.List;

/**
 * A policy that loaded.
 *
 * @param text what it was read from, whose SHA-256 is its hash
 * @param warnings what works and deserves a thought, for {@code daypassd check}
 */
public record LoadedPolicy(Policy policy, String text, List<ConfigProblem> warnings) {

  public LoadedPolicy {
    warnings = List.copyOf(warnings);
  }
}
