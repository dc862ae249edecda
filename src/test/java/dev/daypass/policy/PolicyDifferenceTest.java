package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.config.policy.PolicyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyDifferenceTest {
  /** A part of each kind, and a role in which everything stands that a role may say. */
  private static final String POLICY =
      """
      groups:
        dba: [alice@example.com, bob@example.com]
      duties:
        operator: { allow: [{ when: '"sre" in identity.groups' }] }
      roles:
        everything:
          description: All of it
          for: person
          accounts: [db-debug, self]
          hosts: { env: prod, tier: db }
          patterns: ["*.db.example.com"]
          ttl: { default: 20m, max: 1h }
          extensions: [permit-pty]
          force-command: /usr/bin/id
          source-address: [10.0.0.0/8]
          keys: { types: [ed25519, rsa-3072] }
          reason: "^INC-[0-9]+$"
          session-grace: 5m
          max-auth-age: 8h
          allow: [{ when: '"dba" in identity.groups' }]
          deny: [{ when: 'identity.kind == "service"', because: No services. }]
        plain:
          accounts: [web]
          ttl: { default: 30m, max: 1h }
          allow: [{ when: 'true' }]
      """;

  @TempDir private Path folder;
  private Policy before;

  @BeforeEach
  void read() throws Exception {
    before = policy(POLICY);
  }

  @Test
  void anotherTextMayMeanTheSame() throws Exception {
    PolicyDifference difference = difference("# a comment\n" + POLICY);
    assertThat(difference.isEmpty()).as("%s", difference).isTrue();
  }

  @Test
  void namesWhatIsNewAndGone() throws Exception {
    PolicyDifference difference =
        difference(
            POLICY
                .replace("  plain:", "  other:")
                .replace("  operator:", "  auditor:")
                .replace("  dba:", "  web:"));
    assertThat(difference.added()).containsExactly("duty auditor", "group web", "role other");
    assertThat(difference.removed()).containsExactly("duty operator", "group dba", "role plain");
    assertThat(difference.changed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "All of it|All|role everything",
        "for: person|for: { kind: service, issuers: [ci] }|role everything",
        "[db-debug, self]|[db-debug]|role everything",
        "tier: db|tier: web|role everything",
        "*.db.example|*.web.example|role everything",
        "default: 20m|default: 25m|role everything",
        "permit-pty|permit-port-forwarding|role everything",
        "/usr/bin/id|/usr/bin/true|role everything",
        "10.0.0.0/8|10.0.0.0/9|role everything",
        "rsa-3072|ecdsa-p256|role everything",
        "INC-|CHG-|role everything",
        "session-grace: 5m|session-grace: 6m|role everything",
        "max-auth-age: 8h|max-auth-age: 9h|role everything",
        "dba\" in|dbb\" in|role everything",
        "\"service\"|\"robot\"|role everything",
        "No services|No robots|role everything",
        "[web]|[web2]|role plain",
        "when: 'true'|when: '1 == 1'|role plain",
        "\"sre\"|\"ops\"|duty operator",
        "bob@|carol@|group dba"
      })
  void namesWhatHasChanged(String from, String to, String what) throws Exception {
    PolicyDifference difference = difference(POLICY.replace(from, to));
    assertThat(difference.changed()).containsExactly(what);
    assertThat(difference.added()).isEmpty();
    assertThat(difference.removed()).isEmpty();
  }

  private PolicyDifference difference(String text) throws Exception {
    return PolicyDifference.between(before, policy(text));
  }

  private Policy policy(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("policy.yaml"), text);
    return PolicyFile.read(file, Set.of("okta", "ci")).policy();
  }
}
