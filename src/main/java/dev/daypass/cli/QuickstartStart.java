package dev.daypass.cli;

import dev.daypass.cli.terminal.Surroundings;
import java.nio.file.Path;
import java.util.Optional;

/** Runs the quickstart; {@code Main} gives the real one. */
@FunctionalInterface
public interface QuickstartStart {

  /** Answers the exit code. */
  int run(Surroundings surroundings, boolean once, Optional<Path> state) throws Exception;
}
