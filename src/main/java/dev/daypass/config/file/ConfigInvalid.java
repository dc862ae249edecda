package dev.daypass.config.file;

import java.util.List;

/** A configuration file that cannot be used, with every fault that was found in it. */
public final class ConfigInvalid extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<ConfigProblem> problems;

  public ConfigInvalid(List<ConfigProblem> problems) {
    super(problems.size() + " problems in the configuration");
    this.problems = List.copyOf(problems);
  }

  /** In the order of the file, at least one. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
