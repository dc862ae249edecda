package dev.daypass.policy.source;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong and what is doubtful while one policy is read. */
final class Problems {

  private final List<PolicyProblem> errors = new ArrayList<>();
  private final List<PolicyProblem> warnings = new ArrayList<>();

  void error(String path, String message, String remedy) {
    errors.add(new PolicyProblem(path, message, remedy));
  }

  void warn(String path, String message, String remedy) {
    warnings.add(new PolicyProblem(path, message, remedy));
  }

  List<PolicyProblem> errors() {
    return List.copyOf(errors);
  }

  List<PolicyProblem> warnings() {
    return List.copyOf(warnings);
  }
}
