package dev.daypass.e2e.server;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A stock OpenSSH server that lets nobody in and shows a host certificate. */
final class HostSshd implements AutoCloseable {
  private final Process process;
  private final int port;

  private HostSshd(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static HostSshd start(Path key, Path certificate) throws IOException {
    Files.createDirectories(Path.of("/run/sshd"));
    int port = Loopback.freePort();
    Process process =
        new ProcessBuilder(
                Command.program("sshd"),
                "-D",
                "-f",
                "/dev/null",
                "-o",
                "ListenAddress=127.0.0.1",
                "-p",
                Integer.toString(port),
                "-o",
                "PidFile=none",
                "-o",
                "AuthorizedKeysFile=none",
                "-h",
                key.toString(),
                "-o",
                "HostCertificate=" + certificate)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Loopback.await(process, port, Duration.ofSeconds(30));
    return new HostSshd(process, port);
  }

  /** What ssh says that looks for a server of this name. */
  String connect(Path knownHosts, String name) throws IOException {
    return connect(knownHosts, name, "none");
  }

  /**
   * The same of a client that has a list of what is revoked.
   *
   * @param revoked the list's file, or {@code none}
   */
  String connect(Path knownHosts, String name, String revoked) throws IOException {
    return Command.of(
            "ssh",
            "-o",
            "RevokedHostKeys=" + revoked,
            "-F",
            "none",
            "-p",
            Integer.toString(port),
            "-o",
            "BatchMode=yes",
            "-o",
            "IdentityFile=none",
            "-o",
            "StrictHostKeyChecking=yes",
            "-o",
            "UserKnownHostsFile=" + knownHosts,
            "-o",
            "GlobalKnownHostsFile=none",
            "-o",
            "HostKeyAlias=" + name,
            "root@127.0.0.1",
            "true")
        .run()
        .err();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
