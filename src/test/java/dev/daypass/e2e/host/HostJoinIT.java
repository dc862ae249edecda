package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import dev.daypass.cert.Certificate;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.HostRoot;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code daypass-host join}, {@code refresh}, {@code status}, {@code doctor} and {@code leave} on a
 * stock server with a real sshd: what they open, what they close, and that whatever fails changes
 * nothing (DESIGN section 9).
 */
final class HostJoinIT {
  private static final Parts PARTS = new Parts();
  private static final String ACCOUNT = ProofHost.ACCOUNT;
  private static final String PRINCIPAL = "daypass:" + TestCa.ROLE;
  private static final String MAP =
      "account %s %s %s@%s\ngrace %s 0s\nnamed %s\nnamed root\n"
          .formatted(ACCOUNT, PRINCIPAL, PRINCIPAL, FakeFleet.NAME, ACCOUNT, ACCOUNT);

  private static TestCa ca;
  private static Path key;
  private static Path granted;

  private HostRoot root;
  private FakeFleet fleet;

  @BeforeAll
  static void startCa() throws Exception {
    ca = PARTS.started(TestCa.start());
    Path folder = Files.createTempDirectory("daypass-join-");
    PARTS.started(() -> Command.of("rm", "-r", folder.toString()).output());
    OpenSshPrivateKey own = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    key = Files.writeString(folder.resolve("key"), own.encode("k"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    String token = ca.idp().token("alice@example.com", "dba");
    var certificate = ca.client().certificate(own, token).send().certificate().orElseThrow();
    granted = Files.writeString(folder.resolve("granted.pub"), certificate.line("c") + "\n");
  }

  @AfterAll
  static void stopCa() {
    PARTS.stop();
  }

  @BeforeEach
  void start() throws Exception {
    root = HostRoot.start();
    root.makeAccount(ACCOUNT);
    root.makeAccount("alice");
    Files.writeString(root.folder().resolve("user_ca.pub"), ca.files().userCa().line() + "\n");
    fleet =
        FakeFleet.start(
            root.folder(),
            ca.files().config().ledger().origin(),
            ca.files().userCa(),
            ca.files().ledgerKey());
    fleet.publishMap(7, MAP);
    fleet.publishKrl(7);
  }

  @AfterEach
  void stop() throws Exception {
    fleet.close();
    root.close();
  }

  @Test
  void oneCommandOpensWhatTheRolesNameAndNothingElse() throws Exception {
    Command.Result joined = host("join", "--token", fleet.token());
    assertThat(joined.exit()).as(joined.toString()).isZero();
    assertThat(joined.out())
        .contains("sshd's drop-in: /etc/ssh/sshd_config.d/00-daypass.conf")
        .contains("principals of db-debug: /etc/daypass-host/principals/db-debug")
        .contains(FakeFleet.NAME + " trusts " + fleet.url() + ", in file mode.");
    assertThat(runsUserRc(ACCOUNT)).isEqualTo("permituserrc no\n");
    assertThat(runsUserRc("alice")).isEqualTo("permituserrc yes\n");
    int port = root.startSshd();
    assertThat(opens(port, ACCOUNT)).isTrue();
    assertThat(opens(port, "alice")).isFalse();
    assertThat(opens(port, "root")).isFalse();
    assertThat(host("status").out()).contains(FakeFleet.NAME).contains("opens        db-debug\n");
    root.output("sed -i '1iPasswordAuthentication no' /etc/ssh/sshd_config");
    Command.Result doctor = host("doctor");
    assertThat(doctor.out())
        .isEqualTo(
            "Nothing is wrong: " + FakeFleet.NAME + " is in file mode, and it is in force.\n");
    assertThat(doctor.exit()).isZero();
  }

  @Test
  void theServerShowsItsHostCertificate() throws Exception {
    join();
    int port = root.startSshd();
    Path known = root.folder().resolve("known_hosts");
    Files.writeString(known, "@cert-authority *.prod.example.com " + fleet.hostCaLine() + "\n");
    Command ssh =
        root.ssh(port, key, granted)
            .and("-o", "HostKeyAlias=" + FakeFleet.NAME, "-l", ACCOUNT, "127.0.0.1", "true");
    // The first value of an option counts: what HostRoot sets comes before.
    Command strict = Command.of("ssh", "-o", "StrictHostKeyChecking=yes");
    strict = strict.and("-o", "UserKnownHostsFile=" + known);
    Command.Result result =
        strict.and(ssh.words().subList(1, ssh.words().size()).toArray(String[]::new)).run();
    assertThat(result.exit()).as(result.toString()).isZero();
  }

  @Test
  void ownAccountsOpenToTheirOwnersAlone() throws Exception {
    fleet.publishMap(8, MAP + "self daypass:linux-login\n");
    join();
    assertThat(root.read("/etc/daypass-host/principals/alice"))
        .isEqualTo("daypass:linux-login+alice\n");
    assertThat(root.read("/etc/daypass-host/principals/db-debug")).doesNotContain("linux-login");
    assertThat(root.output("ls /etc/daypass-host/principals")).doesNotContain("root", "daemon");
  }

  @Test
  void whatAnAccountLeftForLoginsRunsWhereThatWasAskedFor() throws Exception {
    Command.Result joined = host("join", "--token", fleet.token(), "--permit-user-rc");
    assertThat(joined.exit()).as(joined.toString()).isZero();
    assertThat(runsUserRc(ACCOUNT)).isEqualTo("permituserrc yes\n");
    fleet.publishMap(8, MAP + "account alice daypass:x\n");
    assertThat(host("refresh").exit()).isZero();
    assertThat(runsUserRc("alice")).as("it is kept").isEqualTo("permituserrc yes\n");
  }

  private String runsUserRc(String account) throws IOException {
    return root.output("sshd -T -C user=$1,host=h,addr=192.0.2.7 | grep permituserrc", account);
  }

  @Test
  void proofModeOpensWhatIsProvenAndNoForgery() throws Exception {
    join("--mode", "proof");
    int port = root.startSshd();
    assertThat(opens(port, ACCOUNT)).isTrue();
    assertThat(root.output("ls /etc/daypass-host/principals")).isEmpty();
    Path subject = Files.copy(granted, root.folder().resolve("key.pub"));
    Files.writeString(subject, publicKey() + "\n");
    String caKey = ca.files().keyFile(KeyUse.USER_CA).toString();
    var _ =
        Command.of("ssh-keygen", "-q", "-s", caKey, "-I", "x", "-n", PRINCIPAL, subject.toString())
            .output();
    Path forged = root.folder().resolve("key-cert.pub");
    assertThat(ssh(port, ACCOUNT, forged).succeeded()).isFalse();
    assertThat(host("doctor").out()).doesNotContain("not in force");
    fleet.publishMap(9, "named db-debug\n");
    assertThat(host("refresh").exit()).isZero();
    assertThat(opens(port, ACCOUNT)).isFalse();
  }

  @Test
  void aDryRunChangesNothingAndUsesNoTokenUp() throws Exception {
    String before = files();
    Command.Result dry = host("join", "--token", fleet.token(), "--dry-run");
    assertThat(dry.exit()).isZero();
    assertThat(dry.out()).contains("would: ask " + fleet.url() + " to join as " + FakeFleet.NAME);
    assertThat(files()).isEqualTo(before);
    assertThat(fleet.requests()).containsExactly("GET /v1/bundle");
    join();
    String joined = files();
    assertThat(host("leave", "--dry-run").out()).contains("would: removed: /etc/daypass-host");
    assertThat(files()).isEqualTo(joined);
  }

  /** A Debian with perl-base alone, or without a program. */
  @Test
  void namesWhatIsMissingBeforeItChangesAnything() throws Exception {
    String before = files();
    String module = root.output("perl -e 'require Sys::Syslog; print $INC{\"Sys/Syslog.pm\"}'");
    root.output(": >/run/empty && mount --bind /run/empty \"$1\"", module);
    Command.Result joined = host("join", "--token", fleet.token());
    assertThat(joined.exit()).isEqualTo(1);
    assertThat(joined.err())
        .contains("perl has no module Sys::Syslog.")
        .contains("Install perl whole: apt install perl");
    assertThat(files()).isEqualTo(before);
    assertThat(fleet.requests()).isEmpty();
    root.output("umount \"$1\"", module);
    join();
  }

  @Test
  void refusesBesideAnotherCa() throws Exception {
    root.output("ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/other_ca");
    root.output("echo 'TrustedUserCAKeys /etc/ssh/other_ca.pub' >>/etc/ssh/sshd_config");
    String before = files();
    Command.Result joined = host("join", "--token", fleet.token());
    assertThat(joined.exit()).isEqualTo(2);
    assertThat(joined.err()).contains("trustedusercakeys /etc/ssh/other_ca.pub");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void putsBackWhatWasThereIfTheSelfTestFails() throws Exception {
    root.write(
        "/etc/ssh/sshd_config.d/00-a.conf",
        "Match User alice\n  AuthorizedPrincipalsFile /etc/ssh/principals\n");
    String before = files();
    Command.Result joined = host("join", "--token", fleet.token());
    assertThat(joined.exit()).isEqualTo(2);
    assertThat(joined.err())
        .contains("not in force: user alice, sshd has authorizedprincipalsfile /etc/ssh/principals")
        .contains("What was there before has been put back.");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void readsItsDropInFirstWhereSshdDoesNot() throws Exception {
    root.output("sed -i '/^Include/d' /etc/ssh/sshd_config");
    String before = files();
    join();
    assertThat(root.read("/etc/ssh/sshd_config"))
        .startsWith("Include /etc/ssh/sshd_config.d/00-daypass.conf\n");
    assertThat(host("leave").exit()).isZero();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void believesNoRootButTheTokens() throws Exception {
    String before = files();
    String other = OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey().fingerprint() + "";
    String forged = fleet.token(other, Instant.now().plusSeconds(60));
    assertThat(host("join", "--token", forged).err()).contains("not by " + other);
    String expired = fleet.token(fleet.rootFingerprint(), Instant.now().minusSeconds(60));
    assertThat(host("join", "--token", expired).err()).contains("The token ended at");
    assertThat(host("join", "--token", "dpj1.AAAA").exit()).isEqualTo(1);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void leaveUndoesAllOfIt() throws Exception {
    String before = files();
    join("--mode", "proof");
    assertThat(files()).isNotEqualTo(before);
    assertThat(host("leave").exit()).isZero();
    assertThat(files()).isEqualTo(before);
    assertThat(host("status").err()).contains("This server has not joined.");
  }

  @Test
  void refreshTakesUpWhatIsNew() throws Exception {
    join();
    int port = root.startSshd();
    assertThat(opens(port, ACCOUNT)).isTrue();
    String serial = Certificate.parse(Files.readString(granted)).content().serial() + "";
    fleet.publishKrl(8, "serial: " + serial);
    Command.Result refreshed = host("refresh");
    assertThat(refreshed.out()).contains("revoked certificates: /etc/daypass-host/krl");
    assertThat(opens(port, ACCOUNT)).isFalse();
    fleet.publishKrl(9);
    fleet.publishMap(9, "named db-debug\n");
    assertThat(host("refresh", "--quiet").out()).isEmpty();
    assertThat(opens(port, ACCOUNT)).isFalse();
    assertThat(root.output("ls /etc/daypass-host/principals")).isEmpty();
  }

  /** RELIABILITY: whatever the other side answers, the last good state stays in force. */
  @Test
  void refreshTakesNothingUpThatDoesNotVerify() throws Exception {
    join();
    int port = root.startSshd();
    String before = files();
    String olderMap = fleet.answer("/v1/hosts/me/principals");
    for (String target : List.of("/v1/bundle", "/v1/hosts/me/principals", "/v1/krl.sig")) {
      String good = fleet.answer(target);
      for (String bad :
          List.of(good.substring(0, good.length() / 2), good.replaceFirst("[a-z]", "X"), "")) {
        fleet.answer(target, bad);
        Command.Result refreshed = host("refresh");
        assertThat(refreshed.exit()).as(target + ": " + refreshed).isIn(2, 4);
        assertThat(files()).isEqualTo(before);
      }
      fleet.answer(target, good);
    }
    fleet.publishMap(9, "other.example.com", MAP);
    assertThat(host("refresh").err()).contains("is not for " + FakeFleet.NAME);
    fleet.publishMap(9, MAP + "surprise x\n");
    assertThat(host("refresh").err()).contains("has a line that this version does not know");
    fleet.publishKrl(6);
    assertThat(host("refresh").err()).contains("The KRL is older than the one here");
    assertThat(files()).isEqualTo(before);
    fleet.publishKrl(10);
    fleet.publishMap(10, MAP);
    assertThat(host("refresh").exit()).isZero();
    String newer = files();
    fleet.answer("/v1/hosts/me/principals", olderMap);
    assertThat(host("refresh").err()).contains("The principal map is older than the one here");
    assertThat(files()).isEqualTo(newer);
    fleet.close();
    assertThat(host("refresh").exit()).isEqualTo(4);
    assertThat(files()).isEqualTo(newer);
    assertThat(opens(port, ACCOUNT)).isTrue();
  }

  private void join(String... options) throws IOException {
    Command.Result result =
        root.inside("/usr/lib/daypass/daypass-host", "join", "--token", fleet.token())
            .and(options)
            .run();
    assertThat(result.exit()).as(result.toString()).isZero();
  }

  private Command.Result host(String... words) throws IOException {
    return root.inside("/usr/lib/daypass/daypass-host").and(words).run();
  }

  /** Everything that daypass-host may touch, by its content and rights. */
  private String files() throws IOException {
    return root.output(
        """
        cd /etc
        find ssh daypass-host cron.d tmpfiles.d pam.d systemd/system /run/daypass-proof \\
          -printf '%p %m %u %l\\n' 2>/dev/null | sort
        find ssh daypass-host cron.d tmpfiles.d pam.d passwd -type f -exec sha256sum {} + \\
          2>/dev/null | sort
        """);
  }

  private boolean opens(int port, String account) throws IOException {
    Command.Result result = ssh(port, account, granted);
    assertThat(result.out()).isEqualTo(result.succeeded() ? account + "\n" : "");
    return result.succeeded();
  }

  private Command.Result ssh(int port, String account, Path certificate) throws IOException {
    return root.ssh(port, key, certificate).and(account + "@127.0.0.1", "id -un").run();
  }

  private static String publicKey() throws Exception {
    return OpenSshPrivateKey.parse(Files.readString(key), Optional.empty()).publicKey().line();
  }
}
