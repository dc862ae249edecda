package dev.daypass.fleet.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.config.policy.PolicyFile;
import dev.daypass.policy.Policy;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrincipalMapTest {
  private static final Instant MADE = Instant.parse("2026-11-21T14:00:00.9Z");
  private static final Instant UNTIL = Instant.parse("2026-11-22T14:00:00.9Z");
  private static final String POLICY =
      """
      roles:
        prod-db-debug:
          accounts: [db-debug, backup]
          hosts: { env: prod, tier: db }
          session-grace: 5m
          ttl: { default: 30m, max: 1h }
          allow: [{ when: 'true' }]
        prod-db-admin:
          accounts: [db-debug]
          hosts: { env: prod }
          ttl: { default: 30m, max: 1h }
          allow: [{ when: 'true' }]
        linux-login:
          accounts: [self]
          hosts: { env: prod }
          ttl: { default: 30m, max: 1h }
          allow: [{ when: 'true' }]
        all-of-it:
          accounts: [self, guest]
          ttl: { default: 30m, max: 1h }
          allow: [{ when: 'true' }]
        test-root:
          accounts: [tester]
          hosts: { env: test }
          ttl: { default: 30m, max: 1h }
          allow: [{ when: 'true' }]
        switches:
          principals: [deploy]
          ttl: { default: 30m, max: 1h }
          allow: [{ when: 'true' }]
      """;

  @TempDir private Path folder;
  private Policy policy;

  @BeforeEach
  void load() throws Exception {
    Path file = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    policy = PolicyFile.read(file, Set.of("okta")).policy();
  }

  @Test
  void saysWhichPrincipalsOpenWhichAccount() {
    assertThat(text("db-1.prod.example.com", Map.of("tier", "db", "env", "prod", "rack", "7")))
        .isEqualTo(
            """
            daypass-principals-v1
            host db-1.prod.example.com
            version 1234
            made 2026-11-21T14:00:00Z
            valid-until 2026-11-22T14:00:00Z
            label env=prod
            label rack=7
            label tier=db
            account backup daypass:prod-db-debug daypass:prod-db-debug@db-1.prod.example.com
            account db-debug daypass:prod-db-admin daypass:prod-db-admin@db-1.prod.example.com\
             daypass:prod-db-debug daypass:prod-db-debug@db-1.prod.example.com
            account guest daypass:all-of-it daypass:all-of-it@db-1.prod.example.com
            grace backup 300s
            grace db-debug 300s
            grace guest 0s
            named backup
            named db-debug
            named guest
            named root
            named tester
            self daypass:all-of-it daypass:all-of-it@db-1.prod.example.com daypass:linux-login\
             daypass:linux-login@db-1.prod.example.com
            """);
  }

  @Test
  void aRoleForOtherLabelsOpensNothingHere() {
    List<String> lines = text("web-1", Map.of("env", "prod", "tier", "web")).lines().toList();
    assertThat(lines)
        .contains(
            "account db-debug daypass:prod-db-admin daypass:prod-db-admin@web-1",
            "grace db-debug 0s")
        .noneMatch(line -> line.contains("prod-db-debug") || line.startsWith("account backup"))
        .as("its accounts are nobody's own all the same")
        .contains("named backup");
  }

  @Test
  void anAccountThatARoleNamesIsNobodysOwn() {
    assertThat(text("db-1", Map.of())).contains("named root\n", "named tester\n");
  }

  @Test
  void sessionsOnAPersonsOwnAccountHaveTheLongestGraceOfTheirRoles() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("other.yaml"),
            POLICY.replace("accounts: [self]\n", "accounts: [self]\n    session-grace: 7m\n"));
    policy = PolicyFile.read(file, Set.of("okta")).policy();
    assertThat(text("db-1", Map.of("env", "prod"))).contains("\ngrace self 420s\nnamed ");
    assertThat(text("db-1", Map.of("env", "test")))
        .as("the role with a grace is not for this server")
        .doesNotContain("grace self");
  }

  @Test
  void principalsThatARoleSetsItselfAreInNoMap() {
    assertThat(text("db-1", Map.of())).doesNotContain("deploy", "switches");
  }

  @Test
  void withoutARoleNothingIsOpen() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("other.yaml"), POLICY.substring(0, POLICY.indexOf("  linux-login")));
    policy = PolicyFile.read(file, Set.of("okta")).policy();
    assertThat(text("db-1", Map.of("env", "test")).lines().skip(5))
        .containsExactly("label env=test", "named backup", "named db-debug", "named root");
  }

  private String text(String name, Map<String, String> labels) {
    return PrincipalMap.of(policy, new Host(new HostName(name), labels)).text(1234, MADE, UNTIL);
  }
}
