package dev.daypass.bench;

import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What people do today: {@code ssh-keygen -s}, one certificate after the other. */
final class SshKeygenLoop {
  /** The loop is the shell's own, so that nothing but ssh-keygen itself is slow. */
  private static final String LOOP =
      """
      i=0
      while [ $i -lt "$1" ]; do
        i=$((i + 1))
        ssh-keygen -q -s "$2" -I alice@example.com -n daypass:prod-db-debug -V -1m:+30m \
          -z $i -O clear -O permit-pty "$3" || exit 1
      done
      """;

  private final Path caKey;
  private final Path publicKey;

  SshKeygenLoop(Path folder, Path caKey) throws IOException {
    this.caKey = caKey;
    this.publicKey = folder.resolve("subject.pub");
    OpenSshPrivateKey subject = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    Files.writeString(publicKey, subject.publicKey().line() + "\n");
  }

  /** Certificates a second. */
  double run(int times) throws IOException, InterruptedException {
    long start = System.nanoTime();
    int exit =
        new ProcessBuilder(
                "sh",
                "-c",
                LOOP,
                "loop",
                Integer.toString(times),
                caKey.toString(),
                publicKey.toString())
            .inheritIO()
            .start()
            .waitFor();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (exit != 0) {
      throw new AssertionError("ssh-keygen -s failed");
    }
    return times / (took.toNanos() / 1e9);
  }
}
