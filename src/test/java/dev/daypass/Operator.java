package dev.daypass;

import dev.daypass.cli.Daypassd;
import dev.daypass.cli.terminal.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs {@code daypassd} commands in this process, on a configuration of a test. */
public final class Operator {
  private final Path config;

  public Operator(Path config) {
    this.config = config;
  }

  /** What a command printed and answered. */
  public record Outcome(int exit, String out, String err) {
    @Override
    public String toString() {
      return exit + "\n" + out + err;
    }
  }

  public Outcome run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", config.toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Daypassd.run(
            all.toArray(String[]::new),
            new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                Clock.systemUTC(),
                false,
                Optional.empty()),
            _ -> 0,
            _ -> 0,
            (_, _, _) -> 0);
    return new Outcome(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
