package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.Loopback;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A stock server: this machine in a mount namespace whose /etc, /var/lib, /run, /home and /usr/lib
 * can be written without a trace, with daypass-host installed and an sshd on loopback that reads
 * its own /etc/ssh and PAM files there. Accounts made in it exist only there.
 */
final class HostRoot implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String MOUNTS =
      """
      set -e
      mount -t tmpfs tmpfs "$1"
      for folder in etc var/lib run home usr/lib; do
        mkdir -p "$1/$folder/upper" "$1/$folder/work"
        mount -t overlay -o "lowerdir=/$folder,upperdir=$1/$folder/upper,workdir=$1/$folder/work" \\
          overlay "/$folder"
      done
      mkdir -p /run/sshd
      mkdir /usr/lib/daypass
      cp "$2"/* /usr/lib/daypass/
      echo ready
      exec sleep 3600
      """;

  private final Path folder;
  private final Process holder;
  private final List<Process> started = new ArrayList<>();

  private HostRoot(Path folder, Process holder) {
    this.folder = folder;
    this.holder = holder;
  }

  static HostRoot start() throws IOException {
    Path folder = Files.createTempDirectory("daypass-host-");
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Process holder =
        new ProcessBuilder(
                Command.program("unshare"),
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                MOUNTS,
                "sh",
                mount.toString(),
                HostPrograms.FOLDER.toString())
            .redirectError(folder.resolve("mounts").toFile())
            .start();
    HostRoot root = new HostRoot(folder, holder);
    root.started.add(holder);
    try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
      String line = said.readLine();
      assertThat(line).as(Files.readString(folder.resolve("mounts"))).isEqualTo("ready");
    }
    return root;
  }

  /** A folder outside, for what a test hands in. */
  Path folder() {
    return folder;
  }

  /** A shell script in there. */
  Command.Result run(String script, String... words) throws IOException {
    return inside("sh", "-c", script, "sh").and(words).run();
  }

  /** A shell script in there that must end well. */
  String output(String script, String... words) throws IOException {
    Command.Result result = run(script, words);
    assertThat(result.exit()).as(script + ": " + result).isZero();
    return result.out();
  }

  Command inside(String... words) {
    return Command.of("nsenter", "--target", Long.toString(holder.pid()), "--mount", "--wd=/")
        .and(words)
        .with("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  }

  void makeAccount(String name) throws IOException {
    output("useradd -m -k /nonexistent -s /bin/sh -p '*' \"$1\"", name);
  }

  void write(String path, String text) throws IOException {
    Path source = Files.writeString(Files.createTempFile(folder, "file", ""), text);
    output("mkdir -p \"$(dirname \"$2\")\" && cat \"$1\" >\"$2\"", source.toString(), path);
  }

  String read(String path) throws IOException {
    return output("cat \"$1\"", path);
  }

  /** Starts sshd on the configuration as it is now; it stops with this root. */
  int startSshd() throws IOException {
    int port = Loopback.freePort();
    Process sshd =
        new ProcessBuilder(
                inside(
                        "/usr/sbin/sshd",
                        "-D",
                        "-e",
                        "-p",
                        Integer.toString(port),
                        "-o",
                        "ListenAddress=127.0.0.1",
                        "-o",
                        "PidFile=/run/sshd.pid",
                        "-o",
                        "LogLevel=VERBOSE",
                        "-o",
                        "MaxStartups=100")
                    .words())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd-" + port).toFile())
            .start();
    started.add(sshd);
    Loopback.await(sshd, port, PATIENCE);
    return port;
  }

  /** What the sshd of that port said so far. */
  String log(int port) throws IOException {
    return Files.readString(folder.resolve("sshd-" + port));
  }

  /** A login with OpenSSH's client from outside. */
  static Command ssh(int port, Path key, Path certificate) {
    return Command.of(
        "ssh",
        "-F",
        "none",
        "-o",
        "BatchMode=yes",
        "-o",
        "IdentitiesOnly=yes",
        "-o",
        "PreferredAuthentications=publickey",
        "-o",
        "StrictHostKeyChecking=no",
        "-o",
        "UserKnownHostsFile=/dev/null",
        "-o",
        "LogLevel=ERROR",
        "-o",
        "IdentityFile=" + key,
        "-o",
        "CertificateFile=" + certificate,
        "-p",
        Integer.toString(port));
  }

  @Override
  public void close() throws IOException {
    for (Process process : started.reversed()) {
      process.destroy();
      process.onExit().join();
    }
    var _ = Command.of("rm", "-rf", "--one-file-system", folder.toString()).run();
  }
}
