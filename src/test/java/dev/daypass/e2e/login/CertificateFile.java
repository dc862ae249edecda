package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Certificate;
import dev.daypass.e2e.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The certificate of the role as the helper wrote it. */
record CertificateFile(Path path) {
  String serial() throws Exception {
    return certificate().content().serial().toString();
  }

  /** Waits until it has expired. */
  void awaitEnd() throws Exception {
    Instant end = certificate().content().window().validBefore();
    for (Instant now = Instant.now(); now.isBefore(end); now = Instant.now()) {
      LockSupport.parkNanos(Duration.between(now, end).toNanos());
    }
  }

  /** A new one, so that there is time to use it. */
  void renew(Laptop laptop) throws Exception {
    Command.Result renewed = laptop.daypass("request", LoginScene.ROLE).run();
    assertThat(renewed.exit()).as(renewed.toString()).isZero();
  }

  private Certificate certificate() throws Exception {
    return Certificate.parse(Files.readString(path));
  }
}
