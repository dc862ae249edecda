package dev.daypass.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The programs of this machine that the quickstart runs, and how it runs them. */
final class Programs {
  private static final Map<String, String> PACKAGE_OF =
      Map.of(
          "ssh", "openssh-client",
          "ssh-keygen", "openssh-client",
          "sshd", "openssh-server",
          "curl", "curl");
  private static final long PATIENCE_SECONDS = 60;

  private final Story story;

  Programs(Story story) {
    this.story = story;
  }

  /** What a program wrote, to both its outputs, and how it ended. */
  record Result(int exit, String output) {
    boolean succeeded() {
      return exit == 0;
    }
  }

  /** Installs what is missing if this is root on Debian; otherwise says what to install. */
  void require() throws QuickstartFailed, IOException, InterruptedException {
    Set<String> missing = new LinkedHashSet<>();
    PACKAGE_OF.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(program -> find(program.getKey()).isEmpty())
        .forEach(program -> missing.add(program.getValue()));
    if (missing.isEmpty()) {
      return;
    }
    String packages = String.join(" ", missing);
    boolean canInstall = "root".equals(System.getProperty("user.name"));
    if (!canInstall || find("apt-get").isEmpty()) {
      throw new QuickstartFailed(
          "Programs are missing: " + packages, "Install them: apt-get install " + packages);
    }
    story.say("Installing what is missing: apt-get install -y --no-install-recommends " + packages);
    install(missing);
  }

  /** Where a program lies, on the path or where system programs live. */
  static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Stream.concat(Arrays.stream(path.split(":")), Stream.of("/usr/sbin", "/sbin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs a program to its end. */
  static Result run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return new Result(-1, output);
    }
    return new Result(process.exitValue(), output);
  }

  private static void install(Set<String> packages)
      throws QuickstartFailed, IOException, InterruptedException {
    Map<String, String> environment = Map.of("DEBIAN_FRONTEND", "noninteractive");
    var _ = run(environment, List.of("apt-get", "update", "-qq"));
    List<String> command =
        Stream.concat(
                Stream.of("apt-get", "install", "-y", "-qq", "--no-install-recommends"),
                packages.stream())
            .toList();
    Result result = run(environment, command);
    if (!result.succeeded()) {
      throw new QuickstartFailed(
          "apt-get could not install " + String.join(" ", packages) + ":\n" + result.output(),
          "Install them by hand, then try again.");
    }
  }
}
