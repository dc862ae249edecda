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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Who has stolen the CA key alone opens nothing on a server in proof mode (CASES 79): a certificate
 * that {@code ssh-keygen -s} made with the real key, right principals and a good window is refused,
 * or the server says that the mode is not in force.
 */
final class StolenCaIT {
  private static final Parts PARTS = new Parts();
  private static final String PRINCIPAL = "daypass:" + TestCa.ROLE;
  private static final String OTHER = "other";
  private static final String DROP_IN = "/etc/ssh/sshd_config.d/00-daypass.conf";

  private static TestCa ca;
  private static HostRoot root;
  private static Path key;
  private static Path granted;

  @BeforeAll
  static void start() throws Exception {
    ca = PARTS.started(TestCa.start());
    root = PARTS.started(HostRoot.start());
    root.makeAccount(ProofHost.ACCOUNT);
    root.makeAccount(OTHER);
    Path taken = Files.createDirectory(root.folder().resolve("taken"));
    ProofHost.in(taken)
        .trusts(ca.files().config().ledger().origin(), ca.files().userCa(), ca.files().ledgerKey())
        .open("account " + ProofHost.ACCOUNT + " " + PRINCIPAL + "\n");
    root.output("mkdir /etc/daypass-host && cp \"$1\"/etc/* /etc/daypass-host/", taken.toString());
    root.output("useradd --system -M -d /nonexistent -s /usr/sbin/nologin daypass-proof");
    root.output("install -d -m 700 -o daypass-proof /run/daypass-proof");
    root.write("/etc/daypass-host/user-ca.pub", ca.files().userCa().line() + "\n");
    root.output("ssh-keygen -q -k -f /etc/daypass-host/krl");
    root.write(DROP_IN, dropIn());
    key = makeKey();
    granted = root.folder().resolve("granted.pub");
    Files.writeString(granted, granted().line("c") + "\n");
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @Test
  void whatWasGrantedOpensItsAccountAndNoOther() throws Exception {
    int port = root.startSshd();
    assertThat(faults()).isEmpty();
    assertThat(opens(port, ProofHost.ACCOUNT, granted)).isTrue();
    assertThat(opens(port, OTHER, granted)).isFalse();
    assertThat(opens(port, "root", granted)).isFalse();
  }

  @Test
  void aForgeryOpensNoAccountAtAll() throws Exception {
    int port = root.startSshd();
    Path forged = forged(PRINCIPAL, "root", OTHER, ProofHost.ACCOUNT);
    for (String account : List.of(ProofHost.ACCOUNT, "root", OTHER, "does-not-exist")) {
      assertThat(opens(port, account, forged)).as(account).isFalse();
    }
    assertThat(root.log(port)).contains("Certificate does not contain an authorized principal");
  }

  @Test
  void aForgeryWithTheNumberOfAGrantedOneOpensNothing() throws Exception {
    int port = root.startSshd();
    String serial = Certificate.parse(Files.readString(granted)).content().serial().toString();
    Path forged = forge("-z", serial, "-n", PRINCIPAL);
    assertThat(opens(port, ProofHost.ACCOUNT, forged)).isFalse();
  }

  @Test
  void aPrincipalsFileLeftBehindOpensNothing() throws Exception {
    root.write("/etc/ssh/principals/" + ProofHost.ACCOUNT, PRINCIPAL + "\n");
    root.write("/etc/ssh/principals/root", PRINCIPAL + "\n");
    withLine(
        "AuthorizedPrincipalsFile /etc/ssh/principals/%u\n",
        () -> {
          assertThat(faults()).isEmpty();
          int port = root.startSshd();
          assertThat(opens(port, ProofHost.ACCOUNT, forged(PRINCIPAL))).isFalse();
          assertThat(opens(port, "root", forged(PRINCIPAL, "root"))).isFalse();
          assertThat(opens(port, ProofHost.ACCOUNT, granted)).isTrue();
        });
  }

  @Test
  void matchBlocksBehindOursOpenNothing() throws Exception {
    root.write("/etc/ssh/principals/" + ProofHost.ACCOUNT, PRINCIPAL + "\n");
    String source = "  AuthorizedPrincipalsFile /etc/ssh/principals/%u\n";
    for (String match :
        List.of("User " + ProofHost.ACCOUNT, "User *", "Address 127.0.0.0/8", "all")) {
      withLine(
          "Match " + match + "\n" + source,
          () -> {
            assertThat(faults()).isEmpty();
            int port = root.startSshd();
            assertThat(opens(port, ProofHost.ACCOUNT, forged(PRINCIPAL))).as(match).isFalse();
          });
    }
  }

  @Test
  void aMatchBlockBeforeOursMeansNotInForce() throws Exception {
    String source = "  AuthorizedPrincipalsFile /etc/ssh/principals/%u\n";
    for (String match :
        List.of(
            "User " + ProofHost.ACCOUNT,
            "User does-not-exist-*",
            "Address 10.0.0.0/8",
            "Group " + OTHER,
            "LocalPort 2222",
            "Host *.example.com",
            "User root Address 192.168.*")) {
      root.write("/etc/ssh/sshd_config.d/00-a.conf", "Match " + match + "\n" + source);
      assertThat(faults()).as(match).contains("not in force: ").contains("00-a.conf line 1");
    }
    root.output("rm /etc/ssh/sshd_config.d/00-a.conf");
    assertThat(faults()).isEmpty();
  }

  /** What sshd cannot be asked about cannot be vouched for. */
  @Test
  void aMatchLineThatCannotBeMetMeansNotInForce() throws Exception {
    withLine(
        "Match Group no-such-group\n  X11Forwarding no\n",
        () -> assertThat(faults()).contains("not in force: ").contains("cannot be tested"));
  }

  @Test
  void aCertAuthorityLineMeansNotInForce() throws Exception {
    String home = "/home/" + OTHER + "/.ssh";
    root.write(home + "/authorized_keys", "cert-authority " + ca.files().userCa().line() + "\n");
    root.output("chown -R \"$1\" \"$2\" && chmod 700 \"$2\"", OTHER, home);
    assertThat(faults()).contains("not in force: " + home + "/authorized_keys trusts our CA key");
    int port = root.startSshd();
    // Why that must be said: sshd opens the account without asking anybody.
    assertThat(opens(port, OTHER, forged(OTHER))).isTrue();
    root.output("rm -r \"$1\"", home);
    assertThat(faults()).isEmpty();
    assertThat(opens(port, OTHER, forged(OTHER))).isFalse();
  }

  /** In an opened account no such line is read. */
  @Test
  void aCertAuthorityLineOfAnOpenedAccountOpensNothing() throws Exception {
    String home = "/home/" + ProofHost.ACCOUNT + "/.ssh";
    root.write(home + "/authorized_keys", "cert-authority " + ca.files().userCa().line() + "\n");
    root.output("chown -R \"$1\" \"$2\" && chmod 700 \"$2\"", ProofHost.ACCOUNT, home);
    assertThat(faults()).isEmpty();
    int port = root.startSshd();
    assertThat(opens(port, ProofHost.ACCOUNT, forged(PRINCIPAL, ProofHost.ACCOUNT))).isFalse();
    assertThat(opens(port, ProofHost.ACCOUNT, granted)).isTrue();
    root.output("rm -r \"$1\"", home);
  }

  private interface Step {
    void run() throws Exception;
  }

  /** With these lines at the end of sshd_config. */
  private static void withLine(String lines, Step step) throws Exception {
    String before = root.read("/etc/ssh/sshd_config");
    root.write("/etc/ssh/sshd_config", before + lines);
    try {
      step.run();
    } finally {
      root.write("/etc/ssh/sshd_config", before);
    }
  }

  private static String faults() throws IOException {
    Command.Result result = root.inside("/usr/lib/daypass/daypass-host-inspect", "proof").run();
    assertThat(result.exit()).as(result.toString()).isEqualTo(result.out().isEmpty() ? 0 : 1);
    return result.out();
  }

  private static boolean opens(int port, String account, Path certificate) throws IOException {
    Command ssh = root.ssh(port, key, certificate);
    Command.Result result = ssh.and(account + "@127.0.0.1", "id -un").run();
    assertThat(result.out()).isEqualTo(result.succeeded() ? account + "\n" : "");
    return result.succeeded();
  }

  private static Path forged(String... principals) throws IOException {
    return forge("-n", String.join(",", principals));
  }

  /** What a thief does: {@code ssh-keygen -s} with the CA's own key. */
  private static Path forge(String... options) throws IOException {
    Path subject = Files.createTempDirectory(root.folder(), "forged").resolve("key.pub");
    Files.copy(Path.of(key + ".pub"), subject);
    Command keygen =
        Command.of(
            "ssh-keygen",
            "-q",
            "-s",
            ca.files().keyFile(KeyUse.USER_CA).toString(),
            "-I",
            "alice role=" + TestCa.ROLE,
            "-V",
            "-1m:+30m");
    String said = keygen.and(options).and(subject.toString()).output();
    assertThat(said).isEmpty();
    return subject.resolveSibling("key-cert.pub");
  }

  private static Path makeKey() throws IOException {
    Path file = root.folder().resolve("key");
    OpenSshPrivateKey made = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    Files.writeString(file, made.encode("k"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(Path.of(file + ".pub"), made.publicKey().line() + " k\n");
    return file;
  }

  private static Certificate granted() throws Exception {
    OpenSshPrivateKey own = OpenSshPrivateKey.parse(Files.readString(key), Optional.empty());
    String token = ca.idp().token("alice@example.com", "dba");
    return ca.client().certificate(own, token).send().certificate().orElseThrow();
  }

  private static String dropIn() {
    return """
    Match all
      TrustedUserCAKeys /etc/daypass-host/user-ca.pub
      RevokedKeys /etc/daypass-host/krl
      AuthorizedPrincipalsFile none
      AuthorizedPrincipalsCommand /usr/lib/daypass/daypass-host-principals %%u %%i %%s %%t %%k
      AuthorizedPrincipalsCommandUser daypass-proof
    Match User %s
      AuthorizedKeysFile none
      AuthorizedKeysCommand none
      AuthenticationMethods publickey
      PermitUserRC no
    """
        .formatted(ProofHost.ACCOUNT);
  }
}
