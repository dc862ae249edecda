package dev.daypass.e2e.host;

import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.DebianRelease;
import dev.daypass.e2e.machine.DebianRoot;
import dev.daypass.e2e.machine.TestServer;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * A server's life on Debian 11, 12 and 13, with the OpenSSH that each ships: 8.4, 9.2 and 10.0;
 * with and without systemd.
 */
@Tag("long")
final class DebianServersIT {
  private static final Parts PARTS = new Parts();

  private interface Start {
    TestServer now() throws IOException;
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @TestFactory
  Stream<DynamicContainer> everyReleaseFromJoinToLeave() {
    return Stream.of(
        life("Debian 11 without systemd", () -> DebianRoot.bare(DebianRelease.BULLSEYE)),
        life("Debian 12 booted", () -> DebianRoot.booted(DebianRelease.BOOKWORM)),
        life("Debian 13 booted", () -> DebianRoot.booted(DebianRelease.TRIXIE)),
        life("Debian 13 without systemd", () -> DebianRoot.bare(DebianRelease.TRIXIE)));
  }

  private static DynamicContainer life(String name, Start start) {
    return DynamicContainer.dynamicContainer(
        name, ServerLifeSteps.of(() -> PARTS.started(new ServerLife(start.now()))));
  }
}
