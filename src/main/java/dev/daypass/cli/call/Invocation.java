package dev.daypass.cli.call;

import dev.daypass.cli.terminal.Surroundings;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.file.ConfigInvalid;
import java.nio.file.Path;
import java.util.Optional;

/** What every command has from its command line: where things are, and who reads along. */
public interface Invocation {
  Surroundings surroundings();

  /** The state folder of the command line, if it names one. */
  Optional<Path> state();

  /** Where the configuration is. */
  Path configFile();

  /** The configuration, read now. */
  DaypassConfig config() throws ConfigInvalid;
}
