package dev.daypass.policy.condition;

import java.util.List;

/** What came of compiling a condition. */
public sealed interface Compilation {

  /** It compiled; the warnings are for who wrote it. */
  record Compiled(Condition condition, List<String> warnings) implements Compilation {

    public Compiled {
      warnings = List.copyOf(warnings);
    }
  }

  /** It did not; each problem in one sentence. */
  record Rejected(List<String> problems) implements Compilation {

    public Rejected {
      problems = List.copyOf(problems);
    }
  }
}
