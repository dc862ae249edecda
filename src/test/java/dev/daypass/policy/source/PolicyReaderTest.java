package dev.daypass.policy.source;

import static dev.daypass.policy.RawRoles.open;
import static dev.daypass.policy.RawRoles.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.IdentityKind;
import dev.daypass.policy.RawRoles;
import dev.daypass.policy.Samples;
import dev.daypass.policy.role.ProofDemand;
import dev.daypass.policy.role.Role;
import dev.daypass.ssh.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {

  private static RawPolicy policy(Map<String, RawRole> roles) {
    return new RawPolicy(Map.of(), Map.of(), roles);
  }

  private static List<String> paths(RawPolicy raw) {
    PolicyLoad load = new PolicyReader(Samples.ISSUERS).read(raw, Bytes.EMPTY);
    assertThat(load).isInstanceOf(PolicyLoad.Invalid.class);
    return ((PolicyLoad.Invalid) load)
        .problems().stream().map(PolicyProblem::path).distinct().toList();
  }

  private static List<String> paths(RawRoles role) {
    return paths(policy(Map.of("r", role.build())));
  }

  private static Role read(RawRoles role) {
    return Samples.policy(role.build()).roles().values().iterator().next();
  }

  private static List<String> warnings(RawRoles role) {
    return Samples.load(policy(Map.of("r", role.build()))).warnings().stream()
        .map(PolicyProblem::path)
        .toList();
  }

  @Test
  void readsEveryKeyOfARole() {
    Role role =
        read(
            open()
                .text("description", "Read-only shell")
                .holder("service", "ci")
                .list("patterns", "*.prod.example.com", "db-?")
                .list("extensions", "permit-pty")
                .text("force-command", "uptime")
                .list("source-address", "10.0.0.0/8")
                .keys(false, "ed25519", "rsa-4096")
                .text("reason", "INC-[0-9]+")
                .text("proof", "witnessed")
                .text("idp-grace", "off")
                .text("session-grace", "5m")
                .text("max-auth-age", "8h"));
    assertThat(role.description()).isEqualTo("Read-only shell");
    assertThat(role.eligibility().kind()).isEqualTo(IdentityKind.SERVICE);
    assertThat(role.patterns()).containsExactly("*.prod.example.com", "db-?");
    assertThat(role.ttl().standard()).isEqualTo(Duration.ofMinutes(30));
    assertThat(role.keys().typeNames()).containsExactly("rsa-4096", "ed25519");
    assertThat(role.proof()).isEqualTo(ProofDemand.WITNESSED);
    assertThat(role.idpGrace()).contains(Duration.ZERO);
    assertThat(role.sessionGrace()).contains(Duration.ofMinutes(5));
    assertThat(role.maxAuthAge()).contains(Duration.ofHours(8));
  }

  @Test
  void defaultsGrantAsLittleAsTheyCan() {
    Role role = read(open());
    assertThat(role.eligibility().kind()).isEqualTo(IdentityKind.PERSON);
    assertThat(role.extensions()).isEmpty();
    assertThat(role.forceCommand()).isEmpty();
    assertThat(role.keys().minRsaBits()).isEqualTo(3072);
    assertThat(role.proof()).isEqualTo(ProofDemand.LEDGER);
    assertThat(read(open().ttl("", "1h")).ttl().standard()).isEqualTo(Duration.ofHours(1));
    assertThat(read(open().keys(true)).keys().typeNames())
        .containsExactly("sk-ecdsa-p256", "sk-ed25519");
  }

  @Test
  void reportsEveryProblemWithItsPath() {
    RawRoles broken =
        role()
            .allow("identity.grops == []", "true")
            .deny("now.getDayOfWeek('Nowhere') == 0", "")
            .holder("service", "jenkins")
            .list("accounts", "Root")
            .list("patterns", "a b", "x\nProxyCommand y")
            .ttl("2h", "1h")
            .list("extensions", "permit-pty", "permit-pty", "permit-everything")
            .text("force-command", "a\nb")
            .list("source-address", "10.0.0.1/8", "observed")
            .keys(false, "dsa", "rsa-1024")
            .text("reason", "((")
            .text("proof", "none")
            .text("idp-grace", "15")
            .text("max-auth-age", "0s");
    assertThat(paths(broken))
        .containsExactlyInAnyOrder(
            "roles.r.allow[0].when",
            "roles.r.deny[0].when",
            "roles.r.for.issuers[0]",
            "roles.r.accounts[0]",
            "roles.r.patterns[0]",
            "roles.r.patterns[1]",
            "roles.r.ttl.default",
            "roles.r.extensions[1]",
            "roles.r.extensions[2]",
            "roles.r.force-command",
            "roles.r.source-address[0]",
            "roles.r.source-address[1]",
            "roles.r.keys.types[0]",
            "roles.r.keys.types[1]",
            "roles.r.keys.types",
            "roles.r.reason",
            "roles.r.proof",
            "roles.r.idp-grace",
            "roles.r.max-auth-age");
  }

  @Test
  void reportsProblemsOutsideOfRoles() {
    RawPolicy raw =
        new RawPolicy(
            Map.of("dba", List.of("alice@example.com", "bob")),
            Map.of("auditr", new RawRules(List.of(), List.of())),
            Map.of("Prod", open().build()));
    assertThat(paths(raw))
        .containsExactlyInAnyOrder("groups.dba[1]", "duties.auditr", "roles.Prod");
  }

  @Test
  void reportsDutiesThatLookAtARequest() {
    RawRules rules =
        new RawRules(List.of(new RawRule("request.reason == ''", Optional.empty())), List.of());
    assertThat(paths(new RawPolicy(Map.of(), Map.of("operator", rules), Map.of())))
        .containsExactly("duties.operator.allow[0].when");
  }

  @Test
  void aRoleSaysWhatItOpensAndForHowLong() {
    assertThat(paths(open().list("accounts"))).containsExactly("roles.r.accounts");
    assertThat(paths(open().list("principals", "deploy"))).containsExactly("roles.r.accounts");
    assertThat(paths(open().noTtl())).containsExactly("roles.r.ttl");
    assertThat(paths(open().ttl("30m", "31d"))).containsExactly("roles.r.ttl.max");
    assertThat(paths(open().ttl("30", "1h"))).containsExactly("roles.r.ttl.default");
    assertThat(paths(open().holder("service"))).containsExactly("roles.r.for.issuers");
    assertThat(paths(open().holder("robot"))).containsExactly("roles.r.for");
  }

  /** CASES 21: a range of everything is no restriction, an empty list none that can be met. */
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "::/0", "!10.0.0.0/8", "10.0.0.0/8 ", "example.com", ""})
  void refusesSourceAddressesThatAreNone(String text) {
    assertThat(paths(open().list("source-address", text))).contains("roles.r.source-address[0]");
    assertThat(paths(open().list("source-address"))).containsExactly("roles.r.source-address");
  }

  /** CASES 3 to 9 and 11, for principals that a role sets itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,root",
        "a\0",
        "a\n",
        "a b",
        " a",
        "",
        "*",
        "a?",
        "!a",
        "\u0440oot",
        "a\u200b",
        "a\"b",
        "daypass:other"
      })
  void refusesPrincipalsOutsideTheGrammar(String text) {
    assertThat(paths(open().list("accounts").list("principals", text)))
        .containsExactly("roles.r.principals[0]");
  }

  /** CASES 25. */
  @Test
  void verifyRequiredGoesWithSecurityKeysAlone() {
    assertThat(paths(open().keys(true, "sk-ed25519", "ed25519")))
        .containsExactly("roles.r.keys.types[1]");
  }

  @Test
  void warnsOfWhatIsDoubtful() {
    assertThat(warnings(open())).isEmpty();
    assertThat(warnings(role())).containsExactly("roles.r.allow");
    assertThat(warnings(open().hosts(Map.of()))).containsExactly("roles.r.hosts");
    assertThat(warnings(open().ttl("1h", "25h"))).containsExactly("roles.r.ttl.max");
    assertThat(warnings(open().list("accounts").list("principals", "deploy")))
        .containsExactly("roles.r.principals");
    assertThat(warnings(role().allow("request.reason.matches('INC')")))
        .containsExactly("roles.r.allow[0].when");
    assertThat(warnings(open().holder("service", "ci").list("accounts", "self")))
        .containsExactly("roles.r.accounts");
  }
}
