package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.HostRoot;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What weakens a server stands in {@code daypass-host doctor}, each with its remedy. */
final class DoctorIT {
  private static final Parts PARTS = new Parts();
  private static final String KEYS = "/home/other/.ssh/authorized_keys";

  private static HostRoot root;
  private static FakeFleet fleet;

  @BeforeAll
  static void start() throws Exception {
    root = PARTS.started(HostRoot.start());
    root.makeAccount(ProofHost.ACCOUNT);
    root.makeAccount("other");
    fleet =
        PARTS.started(
            FakeFleet.start(
                root.folder(),
                "ca.example.com/daypass",
                OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey(),
                OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey()));
    fleet.publishMap(2, "account db-debug daypass:r\ngrace db-debug 0s\nnamed db-debug\n");
    root.output(
        "sed -i '1iPasswordAuthentication no\\nKbdInteractiveAuthentication no'"
            + " /etc/ssh/sshd_config");
    root.write("/run/ssh", "#!/bin/sh\ncat /run/ssh-version >&2\n");
    root.output("chmod 755 /run/ssh && mount --bind /run/ssh /usr/bin/ssh");
    version("OpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.20 7 Apr 2026");
    var _ = root.inside("/usr/lib/daypass/daypass-host", "join", "--token", fleet.token()).output();
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @Test
  void findsNothingOnASoundServer() throws Exception {
    assertFindsNothing();
  }

  @Test
  void findsKeysThatNoRoleKnows() throws Exception {
    root.write(KEYS, "ssh-ed25519 AAAA me\n");
    assertFinds("other can be entered with keys of " + KEYS, "Move its people to a role");
    root.write(KEYS, "cert-authority ssh-ed25519 AAAA ca\n");
    assertFinds("other trusts a CA of its own, in " + KEYS, "Remove its cert-authority line.");
    root.output("rm \"$1\"", KEYS);
  }

  @Test
  void findsPasswords() throws Exception {
    for (String option : new String[] {"PasswordAuthentication", "KbdInteractiveAuthentication"}) {
      root.output("sed -i 's/^" + option + " no/" + option + " yes/' /etc/ssh/sshd_config");
      assertFinds("sshd takes passwords: " + option.toLowerCase(Locale.ROOT), option);
      root.output("sed -i 's/^" + option + " yes/" + option + " no/' /etc/ssh/sshd_config");
    }
  }

  @Test
  void findsAnOpenSshThatIsKnownToBeBad() throws Exception {
    version("OpenSSH_9.2p1 Debian-2+deb12u2, OpenSSL 3.0.20 7 Apr 2026");
    assertFinds("This OpenSSH gives a stranger root (CVE-2024-6387)", "LoginGraceTime 0");
    version("OpenSSH_9.6p1, OpenSSL 3.0.20 7 Apr 2026");
    assertFinds("This OpenSSH gives a stranger root (CVE-2024-6387)", "Upgrade it");
    version("OpenSSH_7.9p1 Debian-10, OpenSSL 1.1.1");
    assertFinds("OpenSSH is older than 8.2.", "Upgrade it.");
    for (String good : new String[] {"8.4p1 Debian-5+deb11u3", "9.9p1", "10.0p2 Debian-7"}) {
      version("OpenSSH_" + good + ", OpenSSL 3.0.20 7 Apr 2026");
      assertFindsNothing();
    }
    version("OpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.20 7 Apr 2026");
  }

  @Test
  void findsFilesThatOthersMayChange() throws Exception {
    root.output("chmod o+w /etc/daypass-host/bundle");
    assertFinds("/etc/daypass-host/bundle can be changed by others", "chmod go-w");
    root.output("chmod o-w /etc/daypass-host/bundle");
  }

  @Test
  void findsAModeThatIsNotInForce() throws Exception {
    String before = root.read("/etc/ssh/sshd_config");
    String block = "Match User other\n  AuthorizedPrincipalsFile /etc/ssh/p\nMatch all\n";
    root.write("/etc/ssh/sshd_config", block + before);
    assertFinds("not in force: user other, sshd has authorizedprincipalsfile", "Remove that line");
    root.write("/etc/ssh/sshd_config", before);
  }

  @Test
  void findsThatSessionsDoNotEnd() throws Exception {
    root.output("cp /etc/pam.d/sshd /etc/kept && sed -i /daypass/d /etc/pam.d/sshd");
    assertFinds("PAM's hook is missing", "daypass-host refresh puts it back");
    root.output("mv /etc/kept /etc/pam.d/sshd");
  }

  @Test
  void findsThatNothingRunsRefresh() throws Exception {
    root.output("mv /etc/cron.d/daypass-host /etc/kept");
    assertFinds("Nothing runs refresh here.", "join again writes /etc/cron.d/daypass-host");
    root.output("mv /etc/kept /etc/cron.d/daypass-host");
  }

  @Test
  void findsOldLists() throws Exception {
    root.output("touch -d '2 days ago' /etc/daypass-host/krl.version");
    assertFinds("The list of revoked certificates is older than a day.", "daypass-host refresh");
    root.output("touch /etc/daypass-host/krl.version");
  }

  @Test
  void findsAClockThatDiffers() throws Exception {
    Command.Result wrong = at("+2m");
    assertThat(wrong.exit()).as(wrong.toString()).isEqualTo(2);
    assertThat(wrong.out())
        .containsPattern(
            "This clock and that of \\S+ differ by -1[12][0-9] seconds\\.\n  Does NTP");
    assertThat(at("-1m").out()).containsPattern("differ by (59|6[0-9]) seconds");
    assertThat(at("+15").exit()).isZero();
  }

  @Test
  void findsThatNobodyAnswers() throws Exception {
    root.output(
        "cp /etc/daypass-host/url /etc/kept && echo http://127.0.0.1:1 >/etc/daypass-host/url");
    assertFinds("The certificate authority at http://127.0.0.1:1 cannot be reached.", "in force");
    root.output("mv /etc/kept /etc/daypass-host/url");
  }

  /** The doctor of a server whose clock is off by that. */
  private static Command.Result at(String offset) throws IOException {
    return root.inside("faketime", "-f", offset, "/usr/lib/daypass/daypass-host", "doctor").run();
  }

  private static void version(String text) throws IOException {
    root.write("/run/ssh-version", text + "\n");
  }

  private static void assertFindsNothing() throws IOException {
    Command.Result result = root.host("doctor");
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.out()).startsWith("Nothing is wrong: " + FakeFleet.NAME);
  }

  private static void assertFinds(String what, String remedy) throws IOException {
    Command.Result result = root.host("doctor");
    assertThat(result.exit()).as(result.toString()).isEqualTo(2);
    assertThat(result.out()).containsSubsequence(what, "\n  ", remedy);
    assertThat(result.out()).contains("Found: ").doesNotContain("Nothing is wrong");
  }
}
