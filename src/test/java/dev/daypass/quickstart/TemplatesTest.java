package dev.daypass.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.config.policy.PolicyFile;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Username;
import dev.daypass.policy.DutyName;
import dev.daypass.policy.Policy;
import dev.daypass.policy.RoleView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the quickstart's own policy gives to whom. */
final class TemplatesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:13:00Z");

  /** The development provider lets anybody on the machine be anyone in a browser. */
  @Test
  void nobodyGetsARoleByABrowserAlone() throws Exception {
    Policy policy =
        PolicyFile.ofText(Templates.fill("policy.yaml", Map.of("account", "root")), Set.of("dev"))
            .orElseThrow();
    assertThat(held(policy, "bearer", "dba", "sre")).containsExactly("prod-db-debug", "prod-root");
    for (String method : List.of("loopback", "device", "console")) {
      assertThat(held(policy, method, "dba", "sre", "audit")).as(method).isEmpty();
    }
    assertThat(policy.hasDuty(person("console", "audit"), DutyName.AUDITOR, NOW)).isTrue();
    assertThat(policy.hasDuty(person("console", "dba"), DutyName.AUDITOR, NOW)).isFalse();
  }

  private static List<String> held(Policy policy, String method, String... groups) {
    return policy.rolesFor(person(method, groups), NOW).stream()
        .filter(view -> view.standing() != RoleView.Standing.REFUSED)
        .map(view -> view.role().name().text())
        .sorted()
        .toList();
  }

  private static Identity person(String method, String... groups) {
    return new Identity(
        new IdentityId("http://127.0.0.1:1/dev", "alice"),
        "dev",
        true,
        IdentityKind.PERSON,
        new Username("alice@example.com"),
        Optional.empty(),
        Optional.empty(),
        Set.of(groups),
        Map.of(),
        Optional.empty(),
        List.of(),
        false,
        method);
  }
}
