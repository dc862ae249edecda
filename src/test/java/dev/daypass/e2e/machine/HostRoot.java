package dev.daypass.e2e.machine;

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
 * its own /etc/ssh and PAM files there. Accounts made in it exist only there, and of this machine's
 * own a few: sshd is asked about each.
 */
public final class HostRoot implements TestServer {
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
      sed -Ei '/^(root|daemon|nobody|sshd):/!d' /etc/passwd
      mkdir -p /run/sshd
      mkdir /usr/lib/daypass
      cp -r "$2"/* /usr/lib/daypass/
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

  public static HostRoot start() throws IOException {
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

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Command inside(String... words) {
    return Command.of("nsenter", "--target", Long.toString(holder.pid()), "--mount", "--wd=/")
        .and(words)
        .with("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  }

  @Override
  public Command beside(String... words) {
    return Command.of(words);
  }

  /** It is this machine's loopback. */
  @Override
  public void reach(int port) {}

  @Override
  public int startSshd() throws IOException {
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

  @Override
  public String log(int port) throws IOException {
    return Files.readString(folder.resolve("sshd-" + port));
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
