package dev.daypass.e2e.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.DebianRelease;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The daemon and the signer under their units on a booted Debian 12: what systemd is told, and what
 * it keeps them from. The tests go on where the one before stopped.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ServiceUnitsIT {
  /** Of {@code systemd-analyze security}, in tenths. */
  private static final int MOST_EXPOSED = 15;

  private static final List<String> SERVICES = List.of("daypassd", "daypass-signer");
  private static final Parts PARTS = new Parts();
  private static ServiceRoot root;

  @BeforeAll
  static void start() throws Exception {
    root = PARTS.started(ServiceRoot.start(DebianRelease.BOOKWORM));
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @Test
  @Order(1)
  void theSignerIsStartedWhenItAnswers() throws Exception {
    root.does("runuser -u daypass-signer -- /usr/lib/daypass/bin/daypassd signer --init");
    start("daypass-signer");
    assertThat(root.shows("daypass-signer", "Type")).isEqualTo("notify");
    root.awaits(
        "systemctl show -P StatusText daypass-signer | grep -q 'signing for ca.example.com'");
    assertThat(root.does("stat -c '%a %U' /run/daypass-signer/socket"))
        .endsWith(" daypass-signer\n");
  }

  @Test
  @Order(2)
  void theDaemonIsStartedWhenItAnswers() throws Exception {
    root.does("runuser -u daypass -- /usr/lib/daypass/bin/daypassd init >/root/init");
    start("daypassd");
    assertThat(root.does("curl -sS http://127.0.0.1:9443/readyz")).contains("\"ready\":true");
    assertThat(root.does("curl -sS http://127.0.0.1:8443/ledger/checkpoint"))
        .startsWith("ca.example.com/daypass\n");
    root.awaits("[ \"$(systemctl show -P StatusText daypassd)\" = ready ]");
  }

  @Test
  @Order(3)
  void littleIsExposed() throws Exception {
    for (String service : SERVICES) {
      Command.Result analyzed =
          root.tries(
              "systemd-analyze security --no-pager --threshold=$2 \"$1\" 2>&1",
              service + ".service",
              Integer.toString(MOST_EXPOSED));
      assertThat(analyzed.exit()).as(analyzed.toString()).isZero();
    }
  }

  @Test
  @Order(4)
  void theKernelHoldsThemToIt() throws Exception {
    for (String service : SERVICES) {
      String status = root.does("cat /proc/\"$1\"/status", root.shows(service, "MainPID"));
      assertThat(status)
          .contains("NoNewPrivs:\t1\n", "Seccomp:\t2\n")
          .contains("CapEff:\t0000000000000000\n", "CapBnd:\t0000000000000000\n");
      String inside = "nsenter --mount --target \"$1\" -- sh -c \"$2\"";
      String pid = root.shows(service, "MainPID");
      for (String place : List.of("/etc/daypass", "/usr/lib/daypass", "/var", "/root")) {
        Command.Result wrote = root.tries(inside, pid, "touch " + place + "/x");
        assertThat(wrote.succeeded()).as(service + " writes to " + place).isFalse();
      }
    }
  }

  @Test
  @Order(5)
  void reloadSaysWhatIsWrong() throws Exception {
    root.does("systemctl reload daypassd");
    root.does("cp /etc/daypass/policy.yaml /root/good; echo 'rolls: {}' >/etc/daypass/policy.yaml");
    assertThat(root.tries("systemctl reload daypassd").succeeded()).isFalse();
    assertThat(root.shows("daypassd", "ActiveState")).isEqualTo("active");
    root.does("cp /root/good /etc/daypass/policy.yaml; systemctl reload daypassd");
    root.does("kill -HUP \"$1\"", root.shows("daypassd", "MainPID"));
    root.awaits("systemctl is-active --quiet daypassd");
    assertThat(root.shows("daypassd", "NRestarts")).isEqualTo("0");
  }

  @Test
  @Order(6)
  void aSignerThatComesBackIsTakenUp() throws Exception {
    root.does("systemctl stop daypass-signer");
    root.does("systemctl start daypass-signer");
    root.awaits("curl -sSf http://127.0.0.1:9443/readyz >/dev/null");
    assertThat(root.shows("daypassd", "NRestarts")).isEqualTo("0");
  }

  @Test
  @Order(7)
  void whoeverDoesNotAnswerIsStartedAgain() throws Exception {
    root.does(
        """
        for service in daypassd daypass-signer; do
          mkdir -p /run/systemd/system/$service.service.d
          printf '[Service]\\nWatchdogSec=3\\nTimeoutAbortSec=1\\n' \
            >/run/systemd/system/$service.service.d/test.conf
        done
        systemctl daemon-reload
        systemctl restart daypass-signer daypassd
        """);
    for (String service : SERVICES) {
      String before = root.shows(service, "MainPID");
      root.does("kill -STOP \"$1\"", before);
      root.awaits("[ \"$(systemctl show -P NRestarts " + service + ")\" = 1 ]");
      root.awaits("systemctl is-active --quiet " + service);
      assertThat(root.shows(service, "MainPID")).isNotEqualTo(before);
      assertThat(root.log()).contains("Watchdog timeout");
    }
    root.awaits("curl -sSf http://127.0.0.1:9443/readyz >/dev/null");
  }

  @Test
  @Order(8)
  void theyStopInOrder() throws Exception {
    for (String service : SERVICES) {
      root.does("systemctl stop \"$1\"", service);
      assertThat(root.shows(service, "Result")).isEqualTo("success");
    }
  }

  private static void start(String service) throws Exception {
    Command.Result started = root.tries("systemctl start \"$1\"", service);
    assertThat(started.exit()).as(started + root.log()).isZero();
    assertThat(root.shows(service, "ActiveState")).isEqualTo("active");
  }
}
