package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.HostPrograms;
import dev.daypass.e2e.machine.HostRoot;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code daypass-host-hints} makes of a journal: here a file, read by a program that is as
 * strict as systemd 257. {@link DebianServersIT} has real ones.
 */
final class HostHintsIT {
  private static final String STATE = "/var/lib/daypass-host";
  private static final String ACCEPTED = STATE + "/journal.accepted";
  private static final SshPublicKey OURS =
      OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
  private static final SshPublicKey OTHER =
      OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();

  private static final String JOURNAL =
      """
      #!/bin/sh
      [ ! -e /run/journal-is-away ] || exit 1
      [ "$(printf '%s\\n' "$@" | grep -cE '^--(since|cursor|after-cursor|cursor-file)=')" = 1 ] || exit 1
      # Whoever may write to the journal could be anybody but for this.
      printf '%s\\n' "$@" | grep -qx _UID=0 || exit 1
      from=0
      for word; do
        case $word in --after-cursor=*) from=${word#*=} ;; esac
      done
      tail -n +$((from + 1)) /run/lines
      [ ! -s /run/lines ] || echo "-- cursor: $(wc -l </run/lines)"
      """;

  private static final Parts PARTS = new Parts();
  private static HostRoot root;

  @BeforeAll
  static void start() throws Exception {
    root = PARTS.started(HostRoot.start());
    root.write("/etc/daypass-host/user-ca.pub", OURS.line() + "\n");
    root.write("/etc/daypass-host/name", "db-1.prod.example.com\n");
    root.write("/run/journalctl", JOURNAL);
    root.output("chmod 755 /run/journalctl && mount --bind /run/journalctl /usr/bin/journalctl");
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @BeforeEach
  void forget() throws Exception {
    root.output("rm -rf \"$1\" /run/journal-is-away; mkdir -p \"$1/spool\"; : >/run/lines", STATE);
  }

  @Test
  void tellsEachRefusalOnce() throws Exception {
    say(0, "sshd-session[7]", "error: Certificate invalid: expired");
    say(0, "sshd-session[7]", publickey("Failed", "db-debug", 41, OURS));
    assertThat(hints())
        .startsWith("account=db-debug&at=")
        .contains("&event=refused&", "reason=the%20certificate%20has%20ended", "&serial=41\n");
    assertThat(hints()).isEmpty();
    say(0, "sshd[8]", publickey("Failed", "root", 42, OURS));
    assertThat(hints()).contains("serial=42").doesNotContain("serial=41");
  }

  @Test
  void alarmsOfALoginOfWhichTheHookSaidNothing() throws Exception {
    say(60, "sshd[11]", publickey("Accepted", "db-debug", 51, OURS));
    say(60, "sshd[12]", publickey("Accepted", "db-debug", 52, OURS));
    say(60, "daypass-host[99]", "sshd[12]: serial 52: the session of db-debug is watched");
    say(60, "sshd-session[13]", publickey("Accepted", "db-debug", 53, OURS));
    say(60, "daypass-host[98]", "sshd[13]: no session: the watcher does not answer");
    say(60, "sshd[14]", publickey("Accepted", "db-debug", 54, OTHER));
    say(60, "sshd[15]", "Accepted publickey for root from ::1 port 9 ssh2: ED25519 SHA256:x");
    say(60, "daypass-host[97]", "the session of sshd[11]: is what a stranger's name might hold");
    assertThat(hints()).isEmpty();
    assertThat(alarms())
        .containsOnlyOnce("event=alarm")
        .contains("account=db-debug&", "client=192.0.2.7&", "serial=51&session=")
        .contains("reason=sshd%20let%20it%20in%2C%20and%20the%20session%20hook%20said%20nothing");
    assertThat(read(ACCEPTED)).isEmpty();
  }

  @Test
  void givesTheHookItsTime() throws Exception {
    say(0, "sshd[21]", publickey("Accepted", "db-debug", 61, OURS));
    assertThat(hints()).isEmpty();
    assertThat(alarms()).isEmpty();
    assertThat(read(ACCEPTED)).startsWith("21 ").endsWith(" 61 db-debug 192.0.2.7\n");
    say(0, "daypass-host[96]", "sshd[21]: serial 61: the session of db-debug is watched");
    assertThat(hints()).isEmpty();
    assertThat(read(ACCEPTED)).isEmpty();
    assertThat(alarms()).isEmpty();
  }

  /** A crash between the alarm and the list without it makes the same one again. */
  @Test
  void theSameAlarmHasTheSameName() throws Exception {
    String login = "31 " + Instant.now().minusSeconds(60).getEpochSecond() + " 71 db-debug ::1\n";
    root.write(ACCEPTED, login);
    assertThat(hints()).isEmpty();
    String once = alarms();
    assertThat(once).contains("serial=71");
    root.write(ACCEPTED, login);
    assertThat(hints()).isEmpty();
    assertThat(alarms()).isEqualTo(once);
    root.write(ACCEPTED, login.replace("71", "72"));
    assertThat(hints()).isEmpty();
    assertThat(alarms()).contains("serial=71", "serial=72");
  }

  /** A crash between the list and the cursor has the same lines read again. */
  @Test
  void aLineThatIsReadAgainIsOneLogin() throws Exception {
    say(0, "sshd[41]", publickey("Accepted", "db-debug", 81, OURS));
    assertThat(hints()).isEmpty();
    String once = read(ACCEPTED);
    root.output("rm \"$1\"/journal.cursor", STATE);
    assertThat(hints()).isEmpty();
    assertThat(read(ACCEPTED)).isEqualTo(once).startsWith("41 ");
  }

  @Test
  void aLoginThatCannotBeWrittenDownIsReadAgain() throws Exception {
    root.output("mkdir -p \"$1\"/in-the-way", ACCEPTED);
    say(0, "sshd[42]", publickey("Accepted", "db-debug", 82, OURS));
    assertThat(hints()).isEmpty();
    assertThat(read(STATE + "/journal.cursor")).isEmpty();
    root.output("rm -r \"$1\"", ACCEPTED);
    assertThat(hints()).isEmpty();
    assertThat(read(ACCEPTED)).startsWith("42 ");
    assertThat(read(STATE + "/journal.cursor")).isNotEmpty();
  }

  /** What makes {@code daypass-host-await} start a refresh at once. */
  @Test
  void onlyARefusalOfOurCertificatesWakesRefresh() throws Exception {
    assertThat(wakes(publickey("Failed", "db-debug", 91, OURS))).isTrue();
    assertThat(wakes(publickey("Failed", "invalid user bob", 92, OURS))).isTrue();
    assertThat(wakes(publickey("Failed", "db-debug", 93, OTHER))).isFalse();
    assertThat(wakes(publickey("Accepted", "db-debug", 94, OURS))).isFalse();
    String plain = "Failed publickey for invalid user %s from ::1 port 9 ssh2: ED25519 SHA256:%s";
    assertThat(wakes(plain.formatted("x CA y", "abc"))).isFalse();
    assertThat(wakes(plain.formatted("x CA ED25519 " + OURS.fingerprint(), "abc"))).isFalse();
    String named = publickey("Failed", "x", 95, OURS).substring("Failed publickey for ".length());
    assertThat(wakes(plain.formatted(named, "abc"))).isFalse();
  }

  private static boolean wakes(String line) throws IOException {
    String run = "exit($ARGV[0] =~ refusal_pattern() ? 0 : 7);";
    Command.Result result =
        root.inside("perl", "-T", "-e", HostPrograms.library("daypass-host-await") + run, line)
            .run();
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isIn(0, 7);
    return result.exit() == 0;
  }

  @Test
  void alarmsOfNothingWhileTheJournalCannotBeRead() throws Exception {
    root.write(ACCEPTED, "31 " + Instant.now().minusSeconds(60).getEpochSecond() + " 71 x ::1\n");
    root.write("/run/journal-is-away", "");
    assertThat(hints()).isEmpty();
    assertThat(alarms()).isEmpty();
    assertThat(read(ACCEPTED)).startsWith("31 ");
  }

  private static String publickey(String what, String account, int serial, SshPublicKey ca) {
    return ("%s publickey for %s from 192.0.2.7 port 4711 ssh2: ED25519-CERT SHA256:abc"
            + " ID alice@example.com role=r (serial %d) CA ED25519 %s")
        .formatted(what, account, serial, ca.fingerprint());
  }

  private static void say(long secondsAgo, String program, String text) throws IOException {
    root.output(
        "printf '%s.000000 host %s: %s\\n' \"$1\" \"$2\" \"$3\" >>/run/lines",
        Long.toString(Instant.now().minusSeconds(secondsAgo).getEpochSecond()), program, text);
  }

  private static String hints() throws IOException {
    Command.Result result = root.inside("/usr/lib/daypass/daypass-host-hints", "file").run();
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.err()).isEmpty();
    return result.out();
  }

  private static String alarms() throws IOException {
    return root.output("cat \"$1\"/spool/*.alarm 2>/dev/null || :", STATE);
  }

  private static String read(String path) throws IOException {
    return root.output("cat \"$1\" 2>/dev/null || :", path);
  }
}
