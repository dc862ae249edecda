package dev.daypass.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A stock OpenSSH server on loopback that trusts the CA key and nothing else. */
final class LoopbackSshd implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

  private final Process process;
  private final int port;

  private LoopbackSshd(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it with a host key of its own.
   *
   * @param userCa the one line of the CA's public key
   * @param principals what opens the account of whoever runs this
   */
  static LoopbackSshd start(Path folder, int port, String userCa, List<String> principals)
      throws IOException, InterruptedException, QuickstartFailed {
    Files.createDirectories(folder);
    Path hostKey = folder.resolve("host_key");
    if (Files.notExists(hostKey)) {
      Programs.Result made =
          Programs.run(
              Map.of(),
              List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", hostKey.toString()));
      if (!made.succeeded()) {
        throw new QuickstartFailed("ssh-keygen made no host key.", made.output());
      }
    }
    Files.writeString(folder.resolve("user_ca.pub"), userCa + "\n");
    Files.writeString(folder.resolve("principals"), String.join("\n", principals) + "\n");
    if ("root".equals(System.getProperty("user.name")) && Files.notExists(PRIVILEGE_SEPARATION)) {
      Files.createDirectories(
          PRIVILEGE_SEPARATION,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    Path configuration = folder.resolve("sshd_config");
    Files.writeString(configuration, configuration(folder, port));
    Process process =
        new ProcessBuilder(
                Programs.find("sshd").orElseThrow().toString(),
                "-D",
                "-e",
                "-f",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    Loopback.await(process, port, "sshd", PATIENCE);
    return new LoopbackSshd(process, port);
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
  }

  private static String configuration(Path folder, int port) {
    return """
    ListenAddress 127.0.0.1
    Port %d
    HostKey %s/host_key
    PidFile none
    UsePAM no
    StrictModes no
    PermitRootLogin prohibit-password
    PasswordAuthentication no
    AuthorizedKeysFile none
    TrustedUserCAKeys %s/user_ca.pub
    AuthorizedPrincipalsFile %s/principals
    """
        .formatted(port, folder, folder, folder);
  }
}
