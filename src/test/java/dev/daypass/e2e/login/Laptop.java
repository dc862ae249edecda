package dev.daypass.e2e.login;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.LocalAccounts;
import dev.daypass.e2e.Sshd;
import dev.daypass.e2e.helper.DaypassScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A person's machine: an account with a home, the helper in it, and a browser command that only
 * notes what it is to open. Everything runs as that account, with nothing of our own environment.
 */
final class Laptop implements AutoCloseable {
  private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Path home;
  private final String account;

  private Laptop(Path folder, Path home, String account) {
    this.folder = folder;
    this.home = home;
    this.account = account;
  }

  /** A new one; the accounts delete the account at their end. */
  static Laptop of(LocalAccounts accounts, String name) throws IOException {
    Path folder = Files.createTempDirectory("daypass-home-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path home = folder.resolve("home");
    Laptop laptop = new Laptop(folder, home, accounts.make(name, home));
    laptop.install();
    return laptop;
  }

  /** The helper with these words, in the order in which a person types them. */
  Command daypass(String... words) {
    return as(helper().toString()).and(words);
  }

  /** The helper at a terminal of its own, which shows what standard output gets. */
  Command daypassAtTerminal(String words) {
    return as("script", "-q", "-e", "-c", "stty cols 80 rows 24; exec " + helper() + " " + words)
        .and("/dev/null");
  }

  /** Plain ssh. */
  Command ssh(String... words) {
    return as("ssh", "-o", "BatchMode=yes").and(words);
  }

  /** Any program, as the person. */
  Command as(String... program) {
    return Command.of("setpriv", "--reuid", account, "--regid", "users", "--init-groups")
        .and("env", "-i", "HOME=" + home, "USER=" + account, "PATH=" + PATH, "TZ=UTC")
        .and("LC_ALL=C.UTF-8", "TERM=xterm-256color", "BROWSER=" + browser())
        .and("sh", "-c", "cd && exec \"$@\"", "sh")
        .and(program);
  }

  /** Starts what a browser has to finish. */
  Running start(Command command) throws IOException {
    Files.deleteIfExists(opened());
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        new ProcessBuilder(command.words())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Running(process, out, err, opened(), PATIENCE);
  }

  /**
   * What the person has written in {@code ~/.ssh/config}: how that host is reached.
   *
   * @param user the account there
   */
  void reaches(String host, Sshd sshd, String user) throws IOException {
    write(
        ".ssh/config",
        """
        Host %s
          HostName 127.0.0.1
          HostKeyAlias %s
          Port %d
          User %s
          StrictHostKeyChecking accept-new
          LogLevel ERROR
        """
            .formatted(host, host, sshd.port(), user));
  }

  /** A file below the home. */
  Path file(String name) {
    return home.resolve(name);
  }

  @Override
  public void close() throws IOException {
    // The helper's agent outlives the helper.
    List<ProcessHandle> left =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().user().filter(account::equals).isPresent())
            .toList();
    left.forEach(ProcessHandle::destroyForcibly);
    left.forEach(process -> process.onExit().join());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path helper() {
    return home.resolve("bin/daypass");
  }

  private Path browser() {
    return home.resolve("bin/browser");
  }

  private Path opened() {
    return home.resolve("opened");
  }

  private void install() throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.copy(DaypassScript.SCRIPT, helper(), StandardCopyOption.REPLACE_EXISTING);
    // In one step: the test must not read half an address.
    Files.writeString(browser(), "#!/bin/sh\nprintf %s \"$1\" >~/opening\nmv ~/opening ~/opened\n");
    for (Path program : List.of(helper(), browser())) {
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private void write(String name, String content) throws IOException {
    Path file = home.resolve(name);
    List<Path> made = new ArrayList<>(List.of(file));
    if (Files.notExists(file.getParent())) {
      Files.createDirectory(
          file.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      made.add(file.getParent());
    }
    Files.writeString(file, content);
    for (Path path : made) {
      Files.setOwner(
          path,
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account));
    }
  }
}
