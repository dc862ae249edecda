package dev.daypass.bench;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SignatureVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What no certificate can do without: its key's signature verified, its own made and verified. All
 * processors do nothing else, so this is how many certificates there would be if the rest were
 * free.
 */
final class SignatureLoop {
  /** As long as what is signed for a certificate with its proof. */
  private static final Bytes MESSAGE =
      Bytes.of("daypass ".repeat(200).getBytes(StandardCharsets.US_ASCII));

  private final OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  /** Certificates a second. */
  double run(int times) throws InterruptedException, ExecutionException {
    int processors = Runtime.getRuntime().availableProcessors();
    Callable<Void> share =
        () -> {
          for (int i = 0; i < times / processors; i++) {
            once();
          }
          return null;
        };
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
      List<Future<Void>> shares = new ArrayList<>();
      for (int i = 0; i < processors; i++) {
        shares.add(threads.submit(share));
      }
      for (Future<Void> one : shares) {
        one.get();
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return times / (took.toNanos() / 1e9);
  }

  private void once() throws Exception {
    var signature = key.sign(MESSAGE);
    boolean possession = SignatureVerifier.verify(key.publicKey(), MESSAGE, signature);
    boolean own = SignatureVerifier.verify(key.publicKey(), MESSAGE, signature);
    if (!possession || !own) {
      throw new AssertionError("the signature does not verify");
    }
  }
}
