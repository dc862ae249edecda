package dev.daypass.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program's run in the making: its words, its environment and its patience. Immutable. */
public record Command(
    List<String> words, Map<String, String> environment, Set<String> cleared, long seconds) {
  private static final long DEADLINE_SECONDS = 120;

  public Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
    cleared = Set.copyOf(cleared);
  }

  public Command(List<String> words, Map<String, String> environment, Set<String> cleared) {
    this(words, environment, cleared, DEADLINE_SECONDS);
  }

  public static Command of(String... words) {
    // What a developer's own shell exports must not decide a test.
    return new Command(
        List.of(words),
        Map.of("TZ", "UTC", "LC_ALL", "C"),
        Set.of(
            "BROWSER",
            "DAYPASS_TOKEN",
            "DAYPASS_URL",
            "NO_COLOR",
            "SSH_AUTH_SOCK",
            "SSH_CONNECTION",
            "XDG_CONFIG_HOME",
            "XDG_RUNTIME_DIR"));
  }

  public Command and(String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return new Command(all, environment, cleared, seconds);
  }

  public Command with(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    Set<String> fewer = new HashSet<>(cleared);
    fewer.remove(name);
    return new Command(words, more, fewer, seconds);
  }

  /** The same, but it may take this long. */
  public Command lasting(long longer) {
    return new Command(words, environment, cleared, longer);
  }

  /** Runs it to its end with an empty standard input. */
  public Result run() throws IOException {
    Path out = Files.createTempFile("daypass-out", "");
    Path err = Files.createTempFile("daypass-err", "");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
      cleared.forEach(builder.environment()::remove);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      await(process);
      return new Result(process.exitValue(), text(out), text(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Runs it; any exit but 0 fails the test. */
  public String output() throws IOException {
    Result result = run();
    if (result.exit() != 0) {
      throw new AssertionError(words + ": " + result);
    }
    return result.out();
  }

  /** Where a program lies, on the path or where system programs live; a missing one fails. */
  public static String program(String name) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Stream.concat(Arrays.stream(path.split(":")), Stream.of("/usr/sbin", "/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseThrow(() -> new AssertionError("the program " + name + " is missing"));
  }

  private void await(Process process) {
    try {
      if (process.waitFor(seconds, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new AssertionError("did not end: " + this);
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** How it ended and what it wrote. */
  public record Result(int exit, String out, String err) {
    public boolean succeeded() {
      return exit == 0;
    }
  }
}
