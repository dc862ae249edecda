package dev.daypass.cli;

import dev.daypass.cli.terminal.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Runs commands in this process, in a folder that holds the two examples. */
final class CommandLineRun {
  static final Instant SATURDAY = Instant.parse("2026-11-21T09:00:00Z");

  private final Path folder;
  private Map<String, String> environment = Map.of();
  private boolean isTerminal;
  private Queue<Optional<char[]>> answers = new ArrayDeque<>();

  /** What a command printed and answered. */
  record Outcome(int exit, String out, String err) {}

  CommandLineRun(Path folder) throws IOException {
    this.folder = folder;
    String example = Files.readString(Path.of("config/daypass.yaml"));
    Files.writeString(
        config(),
        example
            .replace("state: /var/lib/daypass", "state: state")
            .replace("head: /var/lib/daypass-head/head", "head: head/head"));
    Files.copy(Path.of("config/policy.yaml"), policy());
    Files.writeString(folder.resolve("tls.crt"), "certificate");
    Files.createFile(
        folder.resolve("tls.key"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  Path config() {
    return folder.resolve("daypass.yaml");
  }

  Path policy() {
    return folder.resolve("policy.yaml");
  }

  CommandLineRun at(Map<String, String> terminalEnvironment) {
    environment = terminalEnvironment;
    isTerminal = true;
    return this;
  }

  /** What a person types when asked for secrets, in order; {@code null} ends the input. */
  CommandLineRun typing(@Nullable String... secrets) {
    answers = new ArrayDeque<>();
    for (String secret : secrets) {
      answers.add(Optional.ofNullable(secret).map(String::toCharArray));
    }
    return this;
  }

  Outcome run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--config", config().toString()));
    all.addAll(List.of(arguments));
    return runBare(all.toArray(String[]::new));
  }

  Outcome runBare(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            Clock.fixed(SATURDAY, ZoneOffset.UTC),
            isTerminal,
            answers.isEmpty() ? Optional.empty() : Optional.of(_ -> answers.remove()));
    int exit = Daypassd.run(arguments, surroundings, _ -> 0, _ -> 0, (_, _, _) -> 0);
    return new Outcome(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
