package dev.daypass.cli;

import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.file.ConfigProblem;
import dev.daypass.config.keys.BlockedKeys;
import dev.daypass.config.policy.LoadedPolicy;
import dev.daypass.config.policy.PolicyFile;
import dev.daypass.ssh.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code daypassd check}: reads every file as the daemon would. */
@Command(name = "check", description = "Read the configuration and the policy; name every fault.")
final class CheckCommand implements Callable<Integer> {
  private final Daypassd root;

  CheckCommand(Daypassd root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    DaypassConfig config = readable();
    List<ConfigProblem> faults = new ArrayList<>();
    Optional<LoadedPolicy> policy =
        attempt(() -> PolicyFile.read(config.policy(), config.identity().keySet()), faults);
    Optional<Set<Fingerprint>> blocked =
        attempt(() -> BlockedKeys.read(config.keys().blocked()), faults);
    if (!faults.isEmpty()) {
      throw new ConfigInvalid(faults);
    }
    LoadedPolicy loaded = policy.orElseThrow();
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good("good:", root.configFile() + " and " + config.policy());
    terminal.facts(
        facts(config, loaded)
            .add("blocked keys", config.keys().blocked().flatMap(_ -> blocked).map(Set::size)));
    List<ConfigProblem> warnings = loaded.warnings();
    List<String> notes = notes(config);
    if (!warnings.isEmpty() || !notes.isEmpty()) {
      terminal.blank();
    }
    warnings.forEach(w -> {
      terminal.note(config.policy().getFileName() + " line " + w.line(), w.message());
      terminal.remedy(8, w.remedy());
    });
    notes.forEach(note -> terminal.note("state", note));
    return ExitCode.DONE;
  }

  /** Faults of the policy are reported together with those of a configuration that names it. */
  private DaypassConfig readable() throws ConfigInvalid {
    try {
      return root.config();
    } catch (ConfigInvalid invalid) {
      List<ConfigProblem> all = new ArrayList<>(invalid.problems());
      root.policyPlace()
          .filter(place -> Files.isRegularFile(place.policy()))
          .ifPresent(
              place -> attempt(() -> PolicyFile.read(place.policy(), place.providers()), all));
      throw new ConfigInvalid(all);
    }
  }

  /** What a file says; empty where it has faults, which are then among the others. */
  private static <T> Optional<T> attempt(Reading<T> reading, List<ConfigProblem> faults) {
    try {
      return Optional.of(reading.read());
    } catch (ConfigInvalid invalid) {
      faults.addAll(invalid.problems());
      return Optional.empty();
    }
  }

  private interface Reading<T> {
    T read() throws ConfigInvalid;
  }

  private static Facts facts(DaypassConfig config, LoadedPolicy loaded) {
    return new Facts()
        .add("url", config.url())
        .add("state", config.state().toString())
        .add("ledger", config.ledger().origin())
        .addAll(
            "providers",
            config.identity().values().stream()
                .map(p ->
                    p.name()
                        + " ("
                        + p.kind().text()
                        + "s"
                        + (p.primary() ? ", primary" : "")
                        + (p.tokens().bearer() ? ", bearer" : "")
                        + ")")
                .toList())
        .addAll("roles", loaded.policy().roles().keySet())
        .add("policy hash", loaded.policy().hash().hex());
  }

  private static List<String> notes(DaypassConfig config) {
    List<String> notes = new ArrayList<>();
    if (config.keys().signer().isEmpty() && !Files.exists(config.keys().userCa().publicHalf())) {
      notes.add("there are no keys yet; daypassd init makes them");
    }
    if (onOneVolume(config.state(), config.ledger().head())) {
      notes.add("ledger.head is on the state's volume: a restored backup would go unnoticed");
    }
    return notes;
  }

  private static boolean onOneVolume(Path state, Path head) {
    Optional<Path> headFolder = Optional.ofNullable(head.getParent());
    if (headFolder.isEmpty() || !Files.isDirectory(state) || !Files.isDirectory(headFolder.get())) {
      return false;
    }
    try {
      return Files.getFileStore(state).equals(Files.getFileStore(headFolder.get()));
    } catch (IOException _) {
      return false;
    }
  }
}
