package dev.daypass.e2e.helper;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Somebody's home folder with the helper in one of the shells. Closing ends its agent. */
final class Laptop implements AutoCloseable {
  private static final long PAUSE_NANOS = 5_000_000;

  private final Path home;
  private final Command helper;

  Laptop(Path home, Shell shell, LoginCa ca) throws IOException {
    this.home = Files.createDirectories(home);
    this.helper =
        shell
            .script()
            .with("HOME", home.toString())
            // Each login sets it; where it is absent bash asks the user database, by a socket.
            .with("SHELL", "/bin/sh")
            .with("TERM", "dumb")
            .with("TZ", "UTC")
            .with("BROWSER", ca.browser().toString());
  }

  private Laptop(Path home, Command helper) {
    this.home = home;
    this.helper = helper;
  }

  /** A laptop whose owner went through {@code daypass init}. */
  static Laptop initialised(Path home, Shell shell, LoginCa ca) throws IOException {
    Laptop laptop = new Laptop(home, shell, ca);
    var _ = laptop.daypass("init", "--yes", ca.url()).output();
    return laptop;
  }

  Command daypass(String... words) {
    return helper.and(words);
  }

  /** The same at a terminal, with standard input and output closed as ssh's Match exec has them. */
  Command.Result atTerminal(String... words) throws IOException {
    return onTerminal("", daypass(words), " </dev/null >/dev/null");
  }

  /** The same typed by somebody, at a terminal of that kind. */
  Command.Result typed(String terminal, String... words) throws IOException {
    return typed(terminal, 80, words);
  }

  /** The same at a terminal of so many columns. */
  Command.Result typed(String terminal, int columns, String... words) throws IOException {
    return onTerminal("stty cols " + columns + "; ", daypass(words).with("TERM", terminal), "");
  }

  private static Command.Result onTerminal(String before, Command command, String rest)
      throws IOException {
    String line = before + String.join(" ", command.words()) + rest;
    Command typed = Command.of(Command.program("script"), "-qec", line, "/dev/null");
    return new Command(typed.words(), command.environment(), command.cleared())
        .with("PATH", command.environment().getOrDefault("PATH", System.getenv("PATH")))
        .run();
  }

  /** The same with programs of that folder before all others. */
  Laptop finding(Path programs) {
    String path = programs + ":" + System.getenv("PATH");
    return new Laptop(home, helper.with("PATH", path));
  }

  Path home() {
    return home;
  }

  Path ssh(String name) {
    return home.resolve(".ssh").resolve(name);
  }

  Path daypassFile(String name) {
    return ssh("daypass").resolve(name);
  }

  /** Takes the key away, as the end of the agent does. */
  void losesItsAgent() throws IOException {
    Path number = daypassFile("agent.pid");
    if (Files.exists(number)) {
      ProcessHandle.of(Long.parseLong(Files.readString(number).strip()))
          .ifPresent(ProcessHandle::destroy);
      while (Files.exists(daypassFile("agent.sock"))) {
        // An agent removes its socket as it ends.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Every file below the home folder with its mode, but for sockets. */
  List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> home.relativize(file) + " " + mode(file))
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() throws IOException {
    losesItsAgent();
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
