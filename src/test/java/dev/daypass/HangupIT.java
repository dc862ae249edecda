package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP, sent to a daemon in a process of its own. */
@Timeout(120)
final class HangupIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void readsThePolicyAgainAndStaysUp() throws Exception {
    CaFiles files =
        CaFiles.make(
            folder,
            folder.resolve("head").resolve("head"),
            TestCa.with().settings("http://127.0.0.1:9/idp"));
    Path policy = files.config().policy();
    // A parent that ignores SIGHUP, such as nohup, hands that down.
    List<String> listening = List.of("env", "--default-signal=HUP");
    try (DaemonProcess daemon = DaemonProcess.start(files, listening)) {
      daemon.awaitReady(PATIENCE);
      String good = Files.readString(policy);
      Files.writeString(policy, good.replace("max: 1h", "max: 1x"));
      hangUp(daemon);
      awaitLog(daemon, "not reloaded by SIGHUP, what was in force stays; problems: 1");
      assertThat(daemon.log()).contains("roles.prod-db-debug.ttl.max");
      Files.writeString(policy, good.replace("max: 1h", "max: 2h"));
      hangUp(daemon);
      awaitLog(daemon, "policy: role prod-db-debug has changed");
      assertThat(daemon.isAlive()).isTrue();
      daemon.stop();
    }
  }

  private static void hangUp(DaemonProcess daemon) throws Exception {
    assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(daemon.pid())).start().waitFor())
        .isZero();
  }

  private static void awaitLog(DaemonProcess daemon, String text) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!daemon.log().contains(text)) {
      assertThat(daemon.isAlive()).as(daemon.log()).isTrue();
      assertThat(System.nanoTime()).as(daemon.log()).isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
