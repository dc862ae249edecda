package dev.daypass.cli.terminal;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it; {@code Main} gives the real ones.
 *
 * @param environment the process's environment variables
 * @param isTerminal whether {@code out} is read by a person at a terminal
 * @param secrets asks that person for what must not be shown; empty where nobody is there to answer
 */
public record Surroundings(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Clock clock,
    boolean isTerminal,
    Optional<SecretPrompt> secrets) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** The folder in which systemd put credentials for this process. */
  public Optional<Path> credentials() {
    return Optional.ofNullable(environment.get("CREDENTIALS_DIRECTORY")).map(Path::of);
  }

  /** See no-color.org: set and not empty means no colour, whatever its value. */
  public boolean wantsColour() {
    return isTerminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }
}
