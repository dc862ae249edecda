package dev.daypass.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stock OpenSSH server on loopback that trusts one CA key and nothing else. Each account has its
 * own list of principals, as {@code daypass-host} writes them (DESIGN section 9, file mode).
 */
public final class Sshd implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

  private final Path folder;
  private final Process process;
  private final int port;

  private Sshd(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  public static Sshd start(String userCa) throws IOException {
    Path folder = Files.createTempDirectory("daypass-sshd-");
    // sshd reads an account's principals as that account.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(folder.resolve("principals"));
    if (Files.notExists(PRIVILEGE_SEPARATION)) {
      Files.createDirectories(PRIVILEGE_SEPARATION);
    }
    String hostKey = folder.resolve("host_key").toString();
    var _ = Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", hostKey).output();
    Files.writeString(folder.resolve("user_ca.pub"), userCa + "\n");
    Files.createFile(folder.resolve("krl")); // revokes nothing (FORMATS, "KRL")
    int port = Loopback.freePort();
    Path configuration = folder.resolve("sshd_config");
    Files.writeString(configuration, configuration(folder, port));
    Process process =
        new ProcessBuilder(Command.program("sshd"), "-D", "-e", "-f", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Loopback.await(process, port, PATIENCE);
    return new Sshd(folder, process, port);
  }

  /** From now on these principals, and no others, open the account. */
  public void open(String account, List<String> principals) throws IOException {
    Files.write(folder.resolve("principals").resolve(account), principals);
  }

  /** From now on nothing that is on this list opens anything. */
  public void revoke(byte[] krl) throws IOException {
    Path fresh = Files.write(folder.resolve("krl.new"), krl);
    Files.move(fresh, folder.resolve("krl"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The public half of its host key. */
  public Path hostKey() {
    return folder.resolve("host_key.pub");
  }

  public int port() {
    return port;
  }

  /** What it said so far. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
  }

  public Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String configuration(Path folder, int port) {
    // As Debian ships it but for what makes it a test's: address, keys, no PAM, no throttling.
    return """
    ListenAddress 127.0.0.1
    Port %2$d
    HostKey %1$s/host_key
    PidFile none
    UsePAM no
    StrictModes no
    UseDNS no
    LogLevel VERBOSE
    Subsystem sftp internal-sftp
    MaxStartups 100
    PasswordAuthentication no
    KbdInteractiveAuthentication no
    AuthorizedKeysFile none
    TrustedUserCAKeys %1$s/user_ca.pub
    AuthorizedPrincipalsFile %1$s/principals/%%u
    RevokedKeys %1$s/krl
    """
        .formatted(folder, port);
  }
}
