package dev.daypass.bench;

import dev.daypass.ledger.verify.CertificateProofVerifier;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshPublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The daemon as it is shipped, in a process of its own, with its durable store. */
final class BenchDaemon implements AutoCloseable {
  /** The ledger that the certificates must be in. */
  static final String ORIGIN = "bench.invalid/daypass";

  /** Another launcher than the image's, to run it under a profiler. */
  private static final Path LAUNCHER =
      Path.of(System.getProperty("daypass.bench.launcher", "target/daypass/bin/daypassd"))
          .toAbsolutePath();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** proc(5), /proc/PID/stat: utime and stime, counted behind the name; in hundredths. */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;

  /** {@code HeadSlot}: the count of writes follows eight bytes of magic; two slots. */
  private static final int HEAD_COUNTER = 8;

  private static final int HEAD_SLOT_DISTANCE = 4096;

  private final Path folder;
  private final int port;
  private final Process process;

  private BenchDaemon(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /**
   * Makes keys, starts {@code daypassd serve} and returns when it listens.
   *
   * @param issuer the identity provider whose tokens it takes
   */
  static BenchDaemon start(Path folder, String issuer) throws IOException, InterruptedException {
    return start(folder, "daypass.yaml", issuer);
  }

  /**
   * The same with another configuration.
   *
   * @param config the name of the resource that it is made from
   */
  static BenchDaemon start(Path folder, String config, String issuer)
      throws IOException, InterruptedException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    int port = freePort();
    Map<String, String> values =
        Map.of(
            "port", Integer.toString(port),
            "metrics", Integer.toString(freePort()),
            "state", folder.resolve("state").toString(),
            "origin", ORIGIN,
            "issuer", issuer);
    Files.createDirectory(
        folder.resolve("state"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(folder.resolve("daypass.yaml"), resource(config, values));
    Files.writeString(folder.resolve("policy.yaml"), resource("policy.yaml", values));
    int made = run(folder, "init").waitFor();
    if (made != 0) {
      throw new AssertionError("init: exit " + made + ": " + log(folder));
    }
    BenchDaemon daemon = new BenchDaemon(folder, port, run(folder, "serve"));
    daemon.await();
    return daemon;
  }

  int port() {
    return port;
  }

  String authority() {
    return "127.0.0.1:" + port;
  }

  /** The private key of the user CA, for others to sign with. */
  Path userCaKey() {
    return folder.resolve("state/keys/user-ca");
  }

  /** Processor time of the daemon so far. */
  Duration cpu() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    return Duration.ofMillis(
        10 * (Long.parseLong(fields.get(USER_TICKS)) + Long.parseLong(fields.get(SYSTEM_TICKS))));
  }

  /** Memory that the daemon holds now, in KiB (proc_pid_status(5), VmRSS). */
  long resident() throws IOException {
    return status("VmRSS:");
  }

  /** The most memory that it ever held, in KiB. */
  long residentPeak() throws IOException {
    return status("VmHWM:");
  }

  /** How many file descriptors it holds. */
  long openFiles() throws IOException {
    try (var files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files.count();
    }
  }

  private long status(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(field))
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  /** Asks the operator's door; answers its lines. */
  String operator(String... words) {
    Path door = folder.resolve("state/operator.sock");
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(door))) {
      String line =
          Arrays.stream(words)
              .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20"))
              .collect(Collectors.joining(" ", "", "\n"));
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many batches were committed so far: the signer's head is written once for each. */
  long commits() throws IOException {
    ByteBuffer head = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("state/head")));
    return Math.max(head.getLong(HEAD_COUNTER), head.getLong(HEAD_SLOT_DISTANCE + HEAD_COUNTER));
  }

  /** What checks the certificates that it issues, from its public keys alone. */
  CertificateProofVerifier verifier() throws Exception {
    SshPublicKey ledger = publicKey("ledger");
    return new CertificateProofVerifier(
        ORIGIN, (Ed25519PublicKey) ledger, Set.of(publicKey("user-ca")));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private SshPublicKey publicKey(String name) throws Exception {
    String line = Files.readString(folder.resolve("state/keys/" + name + ".pub")).strip();
    return SshPublicKey.parse(line);
  }

  private void await() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException _) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    throw new AssertionError("the daemon does not listen: " + log(folder));
  }

  private static Process run(Path folder, String command) throws IOException {
    return new ProcessBuilder(
            LAUNCHER.toString(), command, "--config", folder.resolve("daypass.yaml").toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private static String log(Path folder) throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static String resource(String name, Map<String, String> values) throws IOException {
    try (var in = BenchDaemon.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("no resource " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("{{" + value.getKey() + "}}", value.getValue());
      }
      return text;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
