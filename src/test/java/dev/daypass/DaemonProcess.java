package dev.daypass;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A daemon in a process of its own, started with the launcher's flags on the class path under test.
 * Its diagnostics go to a file beside its configuration.
 */
final class DaemonProcess implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms32m",
          "-Xmx256m",
          "-XX:TieredStopAtLevel=1", // it lives for a second or two
          "-XX:-UsePerfData",
          "-XX:+DisableAttachMechanism",
          "-XX:-CreateCoredumpOnCrash",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Djdk.serialFilter=!*",
          "-Dfile.encoding=UTF-8");

  private static final long POLL_MILLIS = 10;
  private static final int PROBE_MILLIS = 5_000;

  private final CaFiles files;
  private final Process process;
  private final Path log;
  private final long startedAt;

  private DaemonProcess(CaFiles files, Process process, Path log) {
    this.files = files;
    this.process = process;
    this.log = log;
    this.startedAt = System.nanoTime();
  }

  /** Starts {@code daypassd serve}; it is not ready yet when this returns. */
  static DaemonProcess start(CaFiles files) throws IOException {
    return start(files, List.of());
  }

  /**
   * Starts it under another program.
   *
   * @param tracer the program with its arguments, such as {@code strace -D}, which must leave the
   *     daemon a child of this process
   */
  static DaemonProcess start(CaFiles files, List<String> tracer) throws IOException {
    List<String> command = new ArrayList<>(tracer);
    // A cache of loaded classes, written at an orderly end, makes every later start faster: the
    // tests start it often.
    Path cache = files.configFile().resolveSibling("classes.jsa");
    command.addAll(
        command(
            List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + cache),
            "serve",
            "--config",
            files.configFile().toString()));
    Path log = files.configFile().resolveSibling("daypassd.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(new File("/dev/null"))
            .start();
    return new DaemonProcess(files, process, log);
  }

  /** How to run a command of {@code daypassd} on the class path under test, with further flags. */
  static List<String> command(List<String> flags, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(flags);
    command.add("-Xlog:disable");
    command.add("-cp");
    command.add(classPath());
    command.add("dev.daypass.Main");
    command.addAll(List.of(words));
    return command;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until {@code /readyz} says so. */
  Duration awaitReady(Duration patience) throws IOException, InterruptedException {
    return awaitStatus(200, patience);
  }

  /**
   * Waits until {@code /readyz} answers with that status.
   *
   * @return how long after its start that was
   */
  Duration awaitStatus(int status, Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (readyStatus() != status) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("not ready: alive=" + process.isAlive() + "\n" + log());
      }
      // Ends early if the process does.
      var _ = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /** Waits for the end of the process and tells its exit code. */
  int awaitExit(Duration patience) throws IOException, InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("it does not end\n" + log());
    }
    return process.exitValue();
  }

  /** SIGKILL: nothing of it runs any more on return. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM, and its orderly end. */
  void stop() throws IOException, InterruptedException {
    process.destroy();
    awaitExit(CaClient.PATIENCE);
  }

  /** What it said so far, of all runs on these files. */
  String log() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Kills it if it still runs, and waits: its files are used or deleted next. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** The class path under test; with a folder of tests in it there would be no cache. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private int readyStatus() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + files.port() + "/readyz").toURL().openConnection();
      connection.setConnectTimeout(PROBE_MILLIS);
      connection.setReadTimeout(PROBE_MILLIS);
      try {
        return connection.getResponseCode();
      } finally {
        connection.disconnect();
      }
    } catch (IOException _) {
      return -1; // it does not listen yet
    }
  }
}
