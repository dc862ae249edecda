package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import dev.daypass.TestHost;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.HostRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whoever is refused by a server learns why: real logins through a stock sshd, the real daemon, and
 * what it says of the server then. sshd's log stands in for the journal, which {@link
 * DebianServersIT} has.
 */
final class RefusedLoginIT {
  private static final String NAME = "db-3.prod.example.com";
  private static final String ACCOUNT = ProofHost.ACCOUNT;

  /** The lines of sshd's log that are new, as {@code journalctl} prints them. */
  private static final String JOURNAL =
      """
      #!/bin/sh
      from=0
      for word; do
        case $word in
          --after-cursor=*) from=${word#*=} ;;
          --follow) exit 1 ;;
        esac
      done
      until=$(wc -l <SSHD_LOG)
      head -n "$until" SSHD_LOG | tail -n +$((from + 1)) \
        | sed "s/\r$//; s/^/$(date +%s).000000 host sshd[7]: /"
      echo "-- cursor: $until"
      """;

  private static final Parts PARTS = new Parts();
  private static TestCa ca;
  private static HostRoot root;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    ca = PARTS.started(TestCa.with().hosts("patterns: [\"*.prod.example.com\"]\n").start());
    root = PARTS.started(HostRoot.start());
    root.makeAccount(ACCOUNT);
    root.makeAccount("other");
    String token = TestHost.token(ca, NAME, "env=prod", "tier=db");
    Command.Result joined = root.host("join", "--token", token, "--mode", "proof");
    assertThat(joined.exit()).as(joined.toString()).isZero();
    assertThat(joined.out()).contains("that it refuses: LogLevel VERBOSE");
    port = root.startSshd();
    Path log = root.folder().resolve("sshd-" + port);
    root.write("/run/journalctl", JOURNAL.replace("SSHD_LOG", log.toString()));
    root.output("chmod 755 /run/journalctl && mount --bind /run/journalctl /usr/bin/journalctl");
  }

  @AfterAll
  static void stop() {
    ca.checkInvariants();
    PARTS.stop();
  }

  /** The verifier of proofs says it, which has no way to the daemon of its own. */
  @Test
  void whatTheVerifierRefused() throws Exception {
    Holder anna = holder("anna", "5m");
    assertRefused(anna, "other");
    assertThat(why("anna"))
        .contains("refused.serial: " + anna.serial())
        .contains("refused.account: other")
        .contains("refused.reason: the account is not opened");
    assertThat(why("berta")).doesNotContain("refused.reason");
    assertThat(root.output("ls /run/daypass-proof")).doesNotContain("refused");
  }

  @Test
  void whatSshdRefused() throws Exception {
    Holder clara = holder("clara", "1s");
    Holder forged =
        Holder.forged(ca, root.folder(), clara.serial(), List.of("daypass:" + TestCa.ROLE));
    Instant end = clara.certificate().content().window().validBefore();
    root.output(
        "while [ \"$(date +%s)\" -le \"$1\" ]; do sleep 0.1; done", "" + end.getEpochSecond());
    assertRefused(clara, ACCOUNT);
    assertRefused(forged, ACCOUNT);
    assertThat(why("clara"))
        .contains("refused.account: " + ACCOUNT)
        .contains("refused.reason: the certificate has ended, by this server's clock")
        // Whoever's serial a forged certificate carries is told of that, once.
        .containsOnlyOnce("refused.reason: there is no proof")
        .doesNotContain("refused.reason: no role");
  }

  /** A name that looks like sshd's own words, and a certificate of a stranger's authority. */
  @Test
  void nobodyMakesUpARefusal() throws Exception {
    Holder dora = holder("dora", "5m");
    String fingerprint = ca.files().userCa().fingerprint().toString();
    String name =
        "x from ::1 port 1 ssh2: A B ID c (serial %s) CA ED25519 %s"
            .formatted(dora.serial(), fingerprint);
    Path key = dora.key();
    Command plain = root.ssh(port, key, Path.of("/nonexistent"));
    assertThat(plain.and("-l", name, "127.0.0.1", "true").run().succeeded()).isFalse();
    String stranger = root.folder().resolve("stranger").toString();
    String subject = key + "-x.pub";
    root.output("ssh-keygen -q -t ed25519 -N '' -f \"$1\"", stranger);
    root.output("ssh-keygen -y -f \"$1\" >\"$2\"", key.toString(), subject);
    root.output(
        "ssh-keygen -q -s \"$1\" -I \"$3\" -z \"$4\" -n x \"$2\"",
        stranger,
        subject,
        "d (serial " + dora.serial() + ") CA ED25519 " + fingerprint,
        dora.serial());
    Path certificate = Path.of(key + "-x-cert.pub");
    Command ssh = root.ssh(port, key, certificate);
    assertThat(ssh.and("-l", ACCOUNT, "127.0.0.1", "true").run().succeeded()).isFalse();
    assertThat(root.log(port)).contains("(serial " + dora.serial() + ")", "Failed publickey");
    assertThat(why("dora")).doesNotContain("refused.reason");
  }

  private static String why(String person) throws IOException {
    Command.Result refreshed = root.host("refresh");
    assertThat(refreshed.exit()).as(refreshed.toString()).isZero();
    String token = ca.idp().token(person + "@example.com", "dba");
    CaAnswer answer =
        ca.client()
            .get(
                "/v1/why?host=" + NAME,
                Map.of("Authorization", "Bearer " + token, "Accept", "text/plain"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static Holder holder(String person, String ttl) throws Exception {
    return Holder.granted(ca, root.folder(), person, TestCa.ROLE, ttl);
  }

  private static void assertRefused(Holder holder, String account) throws IOException {
    Command ssh = root.ssh(port, holder.key(), holder.file());
    assertThat(ssh.and("-l", account, "127.0.0.1", "true").run().exit()).isEqualTo(255);
  }
}
