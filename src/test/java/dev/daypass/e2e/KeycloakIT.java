package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import dev.daypass.e2e.provider.Keycloak;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job with an identity provider that nobody here wrote: a person's ID token from Keycloak,
 * the helper, the daemon with the preset {@code keycloak}, and a login with stock OpenSSH.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class KeycloakIT {
  private static final String CLIENT = "daypass";
  private static final Parts PARTS = new Parts();

  @TempDir Path folder;

  private static Keycloak keycloak;
  private static TestCa ca;
  private static Sshd sshd;
  private static String database;

  private Path key;

  @BeforeAll
  static void start() throws Exception {
    LocalAccounts accounts = PARTS.started(new LocalAccounts());
    database = accounts.make("kc");
    keycloak = Keycloak.running();
    ca = PARTS.started(TestCa.with().identity(identity()).policy(policy()).start());
    sshd = PARTS.started(Sshd.start(ca.files().userCa().line()));
    sshd.open(database, List.of("daypass:prod-db-debug"));
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @BeforeEach
  void makeKey() throws IOException {
    key = folder.resolve("id_ed25519");
    var _ =
        Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).output();
  }

  @Test
  @Order(1)
  void aGrantedRoleLogsIn() throws Exception {
    Command.Result signed = sign(keycloak.idToken(CLIENT, "alice"));
    assertThat(signed.exit()).as(signed.toString()).isZero();
    assertThat(signed.out())
        .contains("who      alice\n")
        .contains("role     prod-db-debug\n")
        .contains("until    ");
    assertThat(login().as(database, "id -un").out()).isEqualTo(database + "\n");
    assertThat(sshd.log()).contains("ID \"alice role=prod-db-debug\"");
    ca.checkInvariants();
  }

  @Test
  @Order(2)
  void theWrongGroupIsRefusedWithReasonAndRemedy() throws Exception {
    Command.Result refused = sign(keycloak.idToken(CLIENT, "bob"));
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(2);
    List<String> lines = refused.err().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).startsWith("daypass: ").contains("prod-db-debug");
    assertThat(lines.get(1)).startsWith("  ").isNotBlank();
    assertThat(lines.getLast()).matches(" {2}\\(no_rule_matched, ledger entry \\d+\\)");
    assertThat(certificate()).doesNotExist();
    assertThat(login().as(database, "true").succeeded()).isFalse();
    ca.checkInvariants();
  }

  @Test
  @Order(3)
  void aDisabledPersonGetsNoToken() throws Exception {
    assertThat(keycloak.login(CLIENT, "carol")).containsKey("error").doesNotContainKey("id_token");
  }

  @Test
  @Order(4)
  void anUnverifiedAddressIsRefused() throws Exception {
    Command.Result refused = sign(keycloak.idToken(CLIENT, "dave"));
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(2);
    assertThat(refused.err()).contains("has not verified the e-mail address");
  }

  @Test
  @Order(5)
  void aTokenForAnotherClientIsRefused() throws Exception {
    Command.Result refused = sign(keycloak.idToken("other-app", "alice"));
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(3);
    assertThat(refused.err()).contains("(token_audience)");
  }

  @Test
  @Order(6)
  void anAccessTokenIsNoIdToken() throws Exception {
    Command.Result refused = sign(keycloak.accessToken(CLIENT, "alice"));
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(3);
    assertThat(certificate()).doesNotExist();
  }

  /** The last one: Keycloak stays stopped until the next test asks for it. */
  @Test
  @Order(7)
  void itsKnownKeysServeWhileItIsStopped() throws Exception {
    String token = keycloak.idToken(CLIENT, "alice");
    keycloak.stop();
    Command.Result signed = sign(token);
    assertThat(signed.exit()).as(signed.toString()).isZero();
    assertThat(login().as(database, "id -un").out()).isEqualTo(database + "\n");
    ca.checkInvariants();
  }

  private Command.Result sign(String token) throws IOException {
    return Shell.DASH
        .script()
        .with("DAYPASS_URL", ca.client().origin())
        .with("DAYPASS_TOKEN", token)
        .and("sign", "-n", "prod-db-debug", "--reason", "slow query", key + ".pub")
        .run();
  }

  private Path certificate() {
    return Path.of(key + "-cert.pub");
  }

  private SshLogin login() {
    return SshLogin.with(sshd, key, certificate());
  }

  private static String identity() {
    return """
    kc:
      preset: keycloak
      primary: true
      issuer: %s
      client-id: daypass
      account: local-part
      email-domains: [example.com]
      bearer: true
    """
        .formatted(keycloak.issuer());
  }

  private static String policy() {
    return """
    roles:
      prod-db-debug:
        accounts: [%s]
        hosts: { env: prod, tier: db }
        ttl: { default: 5m, max: 1h }
        extensions: [permit-pty]
        reason: required
        allow: [{ when: '"dba" in identity.groups' }]
    """
        .formatted(database);
  }
}
