package dev.daypass.config.policy;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.file.ConfigProblem;
import dev.daypass.config.file.ConfigText;
import dev.daypass.config.yaml.Faults;
import dev.daypass.config.yaml.YamlDocument;
import dev.daypass.policy.Policy;
import dev.daypass.policy.source.PolicyLoad;
import dev.daypass.policy.source.PolicyProblem;
import dev.daypass.policy.source.PolicyReader;
import dev.daypass.policy.source.RawPolicy;
import dev.daypass.ssh.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code policy.yaml} (DESIGN section 5): its shape here, its meaning in {@code policy}. */
public final class PolicyFile {
  private PolicyFile() {}

  /**
   * Reads a policy whose every fault is of one file.
   *
   * @param providers the configured names of the identity providers, which roles may name
   */
  public static LoadedPolicy read(Path file, Set<String> providers) throws ConfigInvalid {
    return parse(file, ConfigText.read(file), providers);
  }

  /** A policy that was read before, and stands in a ledger; empty if it does not load now. */
  public static Optional<Policy> ofText(String text, Set<String> providers) {
    try {
      return Optional.of(parse(Path.of("policy.yaml"), text, providers).policy());
    } catch (ConfigInvalid _) {
      return Optional.empty();
    }
  }

  private static LoadedPolicy parse(Path file, String text, Set<String> providers)
      throws ConfigInvalid {
    Faults faults = new Faults();
    Optional<RawPolicy> raw =
        YamlDocument.read(text, faults).map(root -> new PolicyShape(root).read());
    List<ConfigProblem> shape = ConfigText.problems(faults, file);
    if (raw.isEmpty()) {
      throw new ConfigInvalid(shape);
    }
    return switch (new PolicyReader(providers).read(raw.get(), Bytes.ofUtf8(text))) {
      case PolicyLoad.Invalid(var problems) -> {
        List<ConfigProblem> all = new ArrayList<>(shape);
        all.addAll(located(problems, faults, file));
        all.sort(Comparator.comparingInt(ConfigProblem::line));
        throw new ConfigInvalid(all);
      }
      case PolicyLoad.Loaded(var policy, var warnings) -> {
        if (!shape.isEmpty()) {
          throw new ConfigInvalid(shape);
        }
        yield new LoadedPolicy(policy, text, located(warnings, faults, file));
      }
    };
  }

  /**
   * Meaning is checked even of a file with faults of shape; what follows from those is left out.
   */
  private static List<ConfigProblem> located(
      List<PolicyProblem> problems, Faults faults, Path file) {
    return problems.stream()
        .filter(problem -> !faults.concern(problem.path()))
        .map(problem ->
            new ConfigProblem(
                file,
                faults.lineOf(problem.path()),
                problem.path(),
                problem.message(),
                problem.remedy()))
        .toList();
  }
}
