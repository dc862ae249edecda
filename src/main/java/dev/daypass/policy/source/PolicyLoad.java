package dev.daypass.policy.source;

import dev.daypass.policy.Policy;
import java.util.List;

/** What came of reading a policy. */
public sealed interface PolicyLoad {

  /** It loaded; {@code warnings} are what {@code daypassd check} shows. */
  record Loaded(Policy policy, List<PolicyProblem> warnings) implements PolicyLoad {

    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /** It did not, for every one of these problems; the old policy stays in force. */
  record Invalid(List<PolicyProblem> problems) implements PolicyLoad {

    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
