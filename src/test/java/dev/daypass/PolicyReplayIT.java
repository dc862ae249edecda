package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.Operator.Outcome;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code daypassd policy replay}, over what people really asked a running CA. */
final class PolicyReplayIT {
  private static final String POLICY =
      """
      duties:
        operator: { allow: [{ when: '"sre" in identity.groups' }] }
      roles:
        db:
          accounts: [db]
          hosts: { tier: db }
          ttl: { default: 30m, max: 1h }
          extensions: [permit-pty]
          allow: [{ when: '"dba" in identity.groups' }]
        web:
          accounts: [web]
          hosts: { tier: web }
          ttl: { default: 30m, max: 1h }
          allow: [{ when: '"web" in identity.groups' }]
      """;

  @TempDir private static Path folder;
  private static TestCa ca;

  @BeforeAll
  static void ask() throws Exception {
    ca = TestCa.start();
    ca.stopDaemon();
    Files.writeString(ca.files().config().policy(), POLICY);
    ca.startDaemon();
    ask("alice@example.com", "dba", "db", "1h", 201);
    ask("alice@example.com", "dba", "db", "30m", 201);
    ask("alice@example.com", "dba", "web", "30m", 403);
    ask("bob@example.com", "web", "web", "30m", 201);
    ask("carol@example.com", "sre", "no-such", "30m", 403);
  }

  @AfterAll
  static void close() {
    ca.close();
  }

  @Test
  void theSamePolicyMakesNoDifference() throws Exception {
    Outcome same = replay(POLICY);
    assertThat(same.exit()).as(same.toString()).isZero();
    assertThat(same.out())
        .isEqualTo("no difference: 3 grants and 2 refusals of the last 30 days decided again\n");
  }

  @Test
  void whoGainsAndWhoLosesIsNamed() throws Exception {
    Outcome other =
        replay(
            POLICY
                .replace("'\"web\" in identity.groups'", "'\"dba\" in identity.groups'")
                .replace("'\"sre\" in identity.groups'", "'\"web\" in identity.groups'"));
    assertThat(other.exit()).as(other.toString()).isEqualTo(2);
    assertThat(other.out())
        .startsWith("different: 3 grants and 2 refusals of the last 30 days decided again\n")
        .containsSubsequence(
            "  gains    alice@example.com  role web  (asked for once)\n",
            "  gains    bob@example.com    duty operator  (never asked for)\n",
            "  loses    bob@example.com    role web  (asked for once)\n",
            "No rule of the role web allows you.\n",
            "  loses    carol@example.com  duty operator  (never asked for)\n");
  }

  @Test
  void whatCertificatesWouldSayOtherwiseIsNamed() throws Exception {
    Outcome other =
        replay(
            POLICY
                .replaceFirst("default: 30m, max: 1h", "default: 10m, max: 30m")
                .replace("[permit-pty]", "[permit-pty, permit-port-forwarding]"));
    assertThat(other.exit()).as(other.toString()).isEqualTo(2);
    assertThat(other.out())
        .containsSubsequence(
            "  loses    alice@example.com  role db  (asked for once)\n",
            "This role lasts 30m at most; 1h was asked.\n",
            "  differs  alice@example.com  role db  (asked for once)\n",
            "extensions [permit-pty] -> [permit-port-forwarding, permit-pty]\n",
            "lasts 31m -> 11m\n")
        .doesNotContain("bob@example.com");
  }

  @Test
  void aRoleThatIsGoneIsLostByThoseWhoHeldIt() throws Exception {
    Outcome other = replay(POLICY.substring(0, POLICY.indexOf("  web:")));
    assertThat(other.exit()).as(other.toString()).isEqualTo(2);
    assertThat(other.out())
        .containsSubsequence("loses    bob@example.com  role web  (asked for once)", "no role web")
        .doesNotContain("alice@example.com");
  }

  @Test
  void aPolicyWithAFaultIsNotReplayed() throws Exception {
    Outcome broken = replay(POLICY.replace("accounts: [web]", "accuonts: [web]"));
    assertThat(broken.exit()).as(broken.toString()).isEqualTo(2);
    assertThat(broken.err()).contains("accuonts", "did you mean accounts");
    assertThat(operator().run("policy", "replay", "--against", "/no/such", "--last", "x").exit())
        .isOne();
  }

  private static Outcome replay(String policy) throws IOException {
    Path file = Files.writeString(Files.createTempFile(folder, "policy", ".yaml"), policy);
    return operator().run("policy", "replay", "--against", file.toString());
  }

  private static Operator operator() {
    return new Operator(ca.files().configFile());
  }

  private static void ask(String person, String group, String role, String ttl, int status)
      throws IOException {
    CaAnswer answer =
        ca.client()
            .certificate(
                OpenSshPrivateKey.generate(SshKeyType.ED25519), ca.idp().token(person, group))
            .role(role)
            .withoutMember("reason")
            .member("ttl", ttl)
            .send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
  }
}
