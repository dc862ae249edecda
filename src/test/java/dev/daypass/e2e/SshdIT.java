package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.CertificateCall;
import dev.daypass.TestCa;
import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.TestCertificates;
import dev.daypass.custody.KeyFile;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an unmodified {@code sshd} lets certificates do that the daemon issued over HTTP: as the
 * role says, and nothing else.
 *
 * <p>Every login is OpenSSH's own client against OpenSSH's own server, with keys of every type. The
 * two kinds of security key are held by an agent in this process, which signs as an authenticator
 * does (PROTOCOL.u2f): the client takes its signatures as a hardware key's, the server verifies
 * them, application and user presence included. What that does not show is a real token over USB.
 */
final class SshdIT {
  private static final String HOSTS = "known: { db-1: { tier: db }, db-2: { tier: db } }";
  private static final Parts PARTS = new Parts();
  private static final SshSigner STRANGER = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  @TempDir Path folder;

  private static TestCa ca;
  private static Sshd sshd;
  private static String alice;
  private static String bob;
  private static String database;
  private static String other;

  @BeforeAll
  static void start() throws Exception {
    LocalAccounts accounts = PARTS.started(new LocalAccounts());
    alice = accounts.make("alice");
    bob = accounts.make("bob");
    database = accounts.make("db");
    other = accounts.make("other");
    ca = PARTS.started(TestCa.with().policy(policy()).hosts(HOSTS).start());
    sshd = PARTS.started(Sshd.start(ca.files().userCa().line()));
    sshd.open(database, List.of("daypass:shell", "daypass:shell@db-1", "daypass:report"));
    sshd.open(other, List.of("daypass:other", "daypass:shell@db-2"));
    sshd.open(alice, List.of("daypass:own+" + alice));
    sshd.open(bob, List.of("daypass:own+" + bob));
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @ParameterizedTest
  @EnumSource
  void aGrantedRoleLogsInWithEveryTypeOfKey(SshKeyType type) throws Exception {
    SshSigner key = TestKeys.of(type);
    Certificate certificate = issued(key, Map.of("role", "shell"));
    assertThat(login(key, certificate).as(database, "id -un").out()).isEqualTo(database + "\n");
    assertThat(sshd.log())
        .contains("ID \"" + alice + "@example.com role=shell\"")
        .contains("(serial " + certificate.content().serial() + ")");
  }

  @Test
  void opensNoOtherAccount() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    Certificate certificate = issued(key, Map.of("role", "shell"));
    assertRefused(login(key, certificate), other);
    assertRefused(login(key, certificate), "root");
    assertThat(sshd.log()).contains("Certificate does not contain an authorized principal");
  }

  @Test
  void opensOnlyTheServerThatTheRequestNamed() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    Certificate here = issued(key, Map.of("role", "shell", "hosts", List.of("db-1")));
    Certificate elsewhere = issued(key, Map.of("role", "shell", "hosts", List.of("db-2")));
    assertThat(login(key, here).as(database, "true").succeeded()).isTrue();
    assertRefused(login(key, elsewhere), database);
  }

  @Test
  void nobodyBecomesAnotherByARoleThatBothHold() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    Map<String, String> own = Map.of("role", "own");
    Certificate bobs = issued(bob, key, own);
    Certificate alices = issued(key, own);
    assertThat(login(key, bobs).as(bob, "id -un").out()).isEqualTo(bob + "\n");
    assertThat(login(key, alices).as(alice, "id -un").out()).isEqualTo(alice + "\n");
    assertRefused(login(key, bobs), alice);
    assertRefused(login(key, alices), bob);
    assertRefused(login(key, bobs), database);
  }

  @Test
  void endsWithItsWindow() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    Certificate certificate = issued(key, Map.of("role", "shell", "ttl", "1s"));
    awaitTime(certificate.content().window().validBefore());
    assertRefused(login(key, certificate), database);
    assertThat(sshd.log()).contains("Certificate invalid: expired");
  }

  @Test
  void beginsWithItsWindow() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    var later = Clock.systemUTC().instant().plus(Duration.ofMinutes(10));
    String start = later.truncatedTo(ChronoUnit.SECONDS).toString();
    Certificate certificate = issued(key, Map.of("role", "shell", "valid_after", start));
    assertRefused(login(key, certificate), database);
    assertThat(sshd.log()).contains("Certificate invalid: not yet valid");
  }

  @Test
  void anotherCaKeyOpensNothing() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    Certificate certificate = issued(key, Map.of("role", "shell"));
    SshSigner hostCa = KeyFile.read(ca.files().keyFile(KeyUse.HOST_CA), Optional.empty());
    assertRefused(login(key, resigned(certificate, STRANGER)), database);
    assertRefused(login(key, resigned(certificate, hostCa)), database);
    assertThat(sshd.log())
        .contains("CA ED25519 " + STRANGER.publicKey().fingerprint())
        .contains("CA ED25519 " + hostCa.publicKey().fingerprint());
  }

  @Test
  void anAlteredCertificateOpensNothing() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    Certificate mine = issued(key, Map.of("role", "shell"));
    Certificate others = issued(key, Map.of("role", "other"));
    Certificate mixed = new Certificate(others.content(), mine.signature());
    assertRefused(login(key, mixed), other);
  }

  @Test
  void isBoundToItsSourceAddress() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    Certificate far = issued(key, Map.of("role", "far"));
    Certificate near = issued(key, narrowed("shell", Map.of("source_address", loopback())));
    Certificate narrow =
        issued(key, narrowed("shell", Map.of("source_address", List.of("10.1.0.0/16"))));
    Certificate observed = issued(key, Map.of("role", "observed"));
    assertThat(login(key, near).as(database, "true").succeeded()).isTrue();
    assertRefused(login(key, narrow), database);
    sshd.open(other, List.of("daypass:far", "daypass:observed"));
    assertRefused(login(key, far), other);
    assertThat(login(key, observed).as(other, "true").succeeded()).isTrue();
    assertThat(sshd.log()).contains("not from a permitted source address");
  }

  @Test
  void runsTheRolesCommandWhateverIsAsked() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    Certificate fixed = issued(key, Map.of("role", "report"));
    assertThat(login(key, fixed).as(database, "id -un").out()).isEqualTo("for: id -un\n");
    Certificate narrowed = issued(key, narrowed("shell", Map.of("force_command", "echo only me")));
    assertThat(login(key, narrowed).as(database, "id -un").out()).isEqualTo("only me\n");
  }

  @Test
  void givesATerminalOnlyToARoleThatNamesIt() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    Certificate with = issued(key, Map.of("role", "shell"));
    Certificate without = issued(key, narrowed("shell", Map.of("without", List.of("permit-pty"))));
    assertThat(login(key, with).withTerminal().as(database, "tty").out()).startsWith("/dev/pts/");
    assertThat(login(key, without).withTerminal().as(database, "tty").err())
        .contains("PTY allocation request failed");
  }

  @Test
  void theDaemonRefusesWhatTheRoleDoesNotGive() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    String token = ca.idp().token(bob + "@example.com", "web");
    CaAnswer answer = ca.client().certificate(key, token).role("shell").send();
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("no_rule_matched");
    assertThat(answer.certificate()).isEmpty();
  }

  private static Map<String, ?> narrowed(String role, Map<String, ?> restriction) {
    return Map.of("role", role, "restrict", restriction);
  }

  private static List<String> loopback() {
    return List.of("127.0.0.0/8");
  }

  private static Certificate issued(SshSigner key, Map<String, ?> members) throws IOException {
    return issued(alice, key, members);
  }

  /** What a member of the group dba is granted. */
  private static Certificate issued(String person, SshSigner key, Map<String, ?> members)
      throws IOException {
    String token = ca.idp().token(person + "@example.com", "dba");
    CertificateCall call = ca.client().certificate(key, token);
    members.forEach(call::member);
    CaAnswer answer = call.send();
    return answer.certificate().orElseThrow(() -> new AssertionError(answer.toString()));
  }

  private static void awaitTime(Instant time) {
    while (Clock.systemUTC().instant().isBefore(time)) {
      LockSupport.parkUntil(time.toEpochMilli());
    }
  }

  private static Certificate resigned(Certificate certificate, SshSigner otherCa) {
    CertificateContent content = certificate.content();
    return TestCertificates.sign(
        new CertificateContent(
            content.type(),
            content.nonce(),
            content.publicKey(),
            content.serial(),
            content.keyId(),
            content.principals(),
            content.window(),
            content.criticalOptions(),
            content.extensions(),
            otherCa.publicKey()),
        otherCa);
  }

  private SshLogin login(SshSigner key, Certificate certificate) throws IOException {
    Path file = Files.createTempFile(folder, "cert", ".pub");
    Files.writeString(file, certificate.line("c") + "\n");
    if (key instanceof OpenSshPrivateKey inMemory) {
      Path secret = folder.resolve("key-" + key.publicKey().fingerprint().sha256().hex());
      Files.writeString(secret, inMemory.encode("k"));
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
      return SshLogin.with(sshd, secret, file);
    }
    Path half = Files.writeString(folder.resolve("sk.pub"), key.publicKey().line() + " sk\n");
    return SshLogin.with(sshd, half, file).through(SshAgent.holding(key, folder));
  }

  private static void assertRefused(SshLogin login, String account) throws IOException {
    Command.Result result = login.as(account, "true");
    assertThat(result.exit()).as(result.toString()).isEqualTo(255);
    assertThat(result.err()).contains("Permission denied (publickey)");
  }

  private static String policy() {
    String rules = "ttl: { default: 5m, max: 1h }, allow: [{ when: '\"dba\" in identity.groups' }]";
    return """
    roles:
      shell: { accounts: [%1$s], hosts: { tier: db }, extensions: [permit-pty], %3$s }
      other: { accounts: [%2$s], hosts: { tier: db }, %3$s }
      report: { accounts: [%1$s], force-command: 'echo "for: $SSH_ORIGINAL_COMMAND"', %3$s }
      far: { accounts: [%2$s], source-address: [10.0.0.0/8], %3$s }
      observed: { accounts: [%2$s], source-address: observed, %3$s }
      own: { accounts: [self], %3$s }
    """
        .formatted(database, other, rules);
  }
}
