package dev.daypass.e2e.host;

import dev.daypass.e2e.Loopback;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.DebianRelease;
import dev.daypass.e2e.machine.DebianRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What ends with a certificate and what does not, on a server with logind; the README's threat
 * model says the same.
 */
@Tag("long")
final class SessionReachIT {
  private static final Parts PARTS = new Parts();
  private static SessionReach reach;

  @BeforeAll
  static void start() throws Exception {
    reach = PARTS.started(new SessionReach(DebianRoot.booted(DebianRelease.BOOKWORM)));
  }

  @AfterEach
  void clear() throws Exception {
    reach.clear();
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @Test
  void whatRunsOnWithoutATerminalEnds() throws Exception {
    reach.assertLeft("nohup sleep 3654 >/dev/null 2>&1 & setsid -f sleep 3655 >/dev/null", "");
  }

  @Test
  void tmuxEnds() throws Exception {
    reach.assertLeft("tmux new-session -d 'sleep 3656'; sleep 1", "");
  }

  @Test
  void aRootShellEnds() throws Exception {
    reach.assertLeft("sudo -n -i sh -c 'sleep 3657 >/dev/null 2>&1 &'; sleep 1", "");
  }

  /** DESIGN section 1: what root started elsewhere is out of reach. */
  @Test
  void whatRootHandsToSystemdStays() throws Exception {
    reach.assertLeft("sudo -n systemd-run --quiet sleep 3658", "3658\n");
  }

  @Test
  void whatStaysAfterAnEarlyCloseEndsWithTheCertificate() throws Exception {
    reach.assertNothingLeftAfterClosing("setsid -f sleep 3659 >/dev/null 2>&1 </dev/null", "3659");
  }

  @Test
  void sessionsInOneConnectionEndTogether() throws Exception {
    Path folder = Files.createTempDirectory("daypass-mux-");
    reach.endsWhatRidesOnItsConnection(folder.resolve("c"));
    Files.deleteIfExists(folder.resolve("c"));
    Files.delete(folder);
  }

  @Test
  void forwardedPortsEnd() throws Exception {
    reach.endsForwardedPorts(Loopback.freePort());
  }
}
