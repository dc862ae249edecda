package dev.daypass.e2e.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.HostRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an upgrade does to what runs, with a systemctl that writes down what it is told. */
final class MaintainerScriptsIT {
  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      shift
      echo "$@" >>/run/told
      [ "$1" != try-restart ] || [ ! -e /run/does-not-start ]
      """;
  private static final String DAEMON =
      """
      #!/bin/sh
      [ ! -e /run/is-wrong ] || { echo "daypass.yaml, line 3" >&2; exit 1; }
      """;
  private static final String WAIT = "/etc/systemd/system/daypass-host-wait.service";
  private static final Parts PARTS = new Parts();
  private static HostRoot root;

  @BeforeAll
  static void start() throws Exception {
    root = PARTS.started(HostRoot.start());
    root.output("mkdir -p /run/systemd/system /run/stubs /etc/daypass /usr/lib/daypass/bin");
    root.write("/run/stubs/systemctl", SYSTEMCTL);
    root.write("/usr/lib/daypass/bin/daypassd", DAEMON);
    root.output("chmod 755 /run/stubs/systemctl /usr/lib/daypass/bin/daypassd");
    root.write("/etc/daypass/daypass.yaml", "");
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @BeforeEach
  void forget() throws Exception {
    root.output("rm -rf /run/is-wrong /run/does-not-start /etc/daypass-host; : >/run/told");
    root.output("rm -f /etc/systemd/system/daypass-host-*");
  }

  @Test
  void whatRanRunsAgain() throws Exception {
    assertThat(upgrade("daypass").err()).isEmpty();
    assertThat(told()).endsWith("try-restart daypass-signer.service daypassd.service\n");
  }

  @Test
  void aDaemonThatTheNewVersionRefusesGoesOn() throws Exception {
    root.write("/run/is-wrong", "");
    assertThat(upgrade("daypass").err())
        .contains("daypass.yaml, line 3", "goes on as it was", "systemctl restart daypassd");
    assertThat(told()).contains("daemon-reload").doesNotContain("restart");
  }

  @Test
  void aDaemonThatDoesNotStartIsNoFaultOfThePackage() throws Exception {
    root.write("/run/does-not-start", "");
    assertThat(upgrade("daypass").err()).contains("did not start again");
  }

  @Test
  void aServerThatJoinedHasItsUnitsAnew() throws Exception {
    root.write("/etc/daypass-host/name", "db-1.prod.example.com\n");
    root.write(WAIT, "ExecStart=/usr/lib/daypass/daypass-host refresh --older\n");
    assertThat(upgrade("daypass-host").err()).isEmpty();
    assertThat(root.output("cat \"$1\"", WAIT))
        .isEqualTo(Files.readString(Path.of("systemd/daypass-host-wait.service")));
    assertThat(told())
        .isEqualTo(
            """
            daemon-reload
            try-restart daypass-host-refresh.timer daypass-host-wait.service
            """);
    root.write("/run/does-not-start", "");
    assertThat(upgrade("daypass-host").err()).contains("does not wait for news");
  }

  @Test
  void aServerThatHasNotJoinedIsLeftAlone() throws Exception {
    assertThat(upgrade("daypass-host").err()).isEmpty();
    assertThat(told()).isEmpty();
    assertThat(root.output("ls /etc/systemd/system")).doesNotContain("daypass-host");
  }

  private static Command.Result upgrade(String name) throws IOException {
    root.write("/run/postinst", Files.readString(Path.of("src/main/deb", name, "postinst")));
    Command.Result result =
        root.inside(
                "env",
                "PATH=/run/stubs:/usr/sbin:/usr/bin:/sbin:/bin",
                "sh",
                "/run/postinst",
                "configure",
                "0.0.9")
            .run();
    assertThat(result.exit()).as(result.toString()).isZero();
    return result;
  }

  private static String told() throws IOException {
    return root.output("cat /run/told");
  }
}
