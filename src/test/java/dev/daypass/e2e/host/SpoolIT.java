package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.machine.HostPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits on a server for the authority, in a folder of the test's own. */
final class SpoolIT {
  /** Asks an authority that answers each kind of report as the test says. */
  private static final String SENDING =
      """
      set -eu
      work=$1 spool=$2 lib=$1 mode=file
      . src/main/sh/daypass-host/45-sessions.sh
      ask() {
        printf '%s\n' "$body"
        case $body in *alarm) status=$alarms ;; *) status=$sessions ;; esac
        [ "$status" = 200 ]
      }
      complain() { printf 'complains: %s\n' "$1"; }
      put() { cat >"$1"; }
      alarms=$3 sessions=$4
      send_reports
      """;

  @TempDir private Path folder;
  private Path work;
  private Path spool;

  @BeforeEach
  void make() throws Exception {
    work = Files.createDirectory(folder.resolve("work"));
    spool = Files.createDirectory(folder.resolve("spool"));
    Files.writeString(work.resolve("daypass-host-hints"), "#!/bin/sh\n");
    assertThat(work.resolve("daypass-host-hints").toFile().setExecutable(true)).isTrue();
    spooled("a.opened", "b.closed", "c.alarm", "d.opened", "e.alarm");
  }

  @Test
  void alarmsGoFirst() throws Exception {
    assertThat(sent(200, 200))
        .containsExactly("c.alarm", "e.alarm", "a.opened", "b.closed", "d.opened");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void alarmsGoWhileNoSessionIsTaken() throws Exception {
    assertThat(sent(200, 429)).containsExactly("c.alarm", "e.alarm", "a.opened");
    assertThat(waiting()).containsExactly("a.opened", "b.closed", "d.opened");
  }

  @Test
  void sessionsGoWhileNoAlarmIsTaken() throws Exception {
    assertThat(sent(429, 200)).containsExactly("c.alarm", "a.opened", "b.closed", "d.opened");
    assertThat(waiting()).containsExactly("c.alarm", "e.alarm");
  }

  @Test
  void anAuthorityThatIsAwayIsAskedOnce() throws Exception {
    assertThat(sent(503, 503)).containsExactly("c.alarm");
    assertThat(waiting()).hasSize(5);
  }

  @Test
  void whatIsNeverTakenIsNotSentAgain() throws Exception {
    assertThat(sent(422, 200)).contains("complains: A session report was refused: c.alarm");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void saysWhichSessionIsNotReported() throws Exception {
    String run =
        """
        no warnings 'redefine';
        *waiting = sub { $ARGV[0] };
        *note = sub { print "$_[0]\n" };
        spool('opened', {session => 'f', serial => 41});
        """;
    String program =
        HostPrograms.library("daypass-host-session")
            .replace("/var/lib/daypass-host/spool", spool.toString());
    assertThat(Command.of("perl", "-T", "-e", program + run, "10000").output())
        .isEqualTo("serial 41: opened is not reported: too many reports wait\n");
    assertThat(waiting()).doesNotContain("f.opened");
    assertThat(Command.of("perl", "-T", "-e", program + run, "9999").output()).isEmpty();
    assertThat(waiting()).contains("f.opened");
  }

  private List<String> sent(int alarms, int sessions) throws IOException {
    return Command.of("sh", "-c", SENDING, "sh", work.toString(), spool.toString())
        .and(Integer.toString(alarms), Integer.toString(sessions))
        .output()
        .lines()
        .toList();
  }

  /** Reports that hold their names, the oldest first. */
  private void spooled(String... names) throws IOException {
    long second = 0;
    for (String name : names) {
      Files.writeString(spool.resolve(name), name);
      Files.setLastModifiedTime(spool.resolve(name), FileTime.fromMillis(1000 * ++second));
    }
  }

  private List<String> waiting() throws IOException {
    try (Stream<Path> files = Files.list(spool)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
