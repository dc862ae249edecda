package dev.daypass.e2e.host;

import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.HostRoot;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * daypass-host and the daemon, each the real one: a server's life with this machine's own OpenSSH.
 * {@link DebianServersIT} has those of three releases.
 */
final class JoinedServerIT {
  private static final Parts PARTS = new Parts();

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @TestFactory
  Stream<DynamicTest> fromJoinToLeave() {
    return ServerLifeSteps.of(() -> PARTS.started(new ServerLife(HostRoot.start())));
  }
}
