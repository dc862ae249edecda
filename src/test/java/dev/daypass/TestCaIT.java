package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cert.Certificate;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TestCaIT {
  private final SshSigner key = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  @Test
  void releasesOverRestartsWhatItsLedgerAccountsFor() throws Exception {
    try (TestCa ca = TestCa.start()) {
      String alice = ca.idp().token("alice@example.com", "dba");
      CaAnswer first = ca.client().certificate(key, alice).send();
      assertThat(first.status()).as(first.body()).isEqualTo(201);
      ca.checkInvariants();

      ca.restart();
      CaAnswer second = ca.client().certificate(key, alice).header("Accept", "text/plain").send();
      assertThat(second.status()).as(second.body()).isEqualTo(201);
      ca.checkInvariants();

      ca.stopDaemon();
      ca.checkInvariants();
      assertThat(ca.observed().certificates())
          .extracting(Certificate::content)
          .extracting(content -> content.keyId().text())
          .containsExactly(
              "alice@example.com role=prod-db-debug", "alice@example.com role=prod-db-debug");
      assertThat(ca.exits()).isEmpty();
    }
  }

  @Test
  void refusesWhoIsInNoGroupAndSaysWhy() throws Exception {
    try (TestCa ca =
        TestCa.with()
            .moreRoles(
                """
                anybody:
                  description: For everybody
                  accounts: [guest]
                  ttl: { default: 5m, max: 5m }
                  allow: [{ when: 'true' }]
                """)
            .start()) {
      String bob = ca.idp().token("bob@example.com");
      CaAnswer refused = ca.client().certificate(key, bob).send();
      assertThat(refused.status()).as(refused.body()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("no_rule_matched");
      ca.checkInvariants();
      assertThat(ca.client().certificate(key, bob).role("anybody").send().status()).isEqualTo(201);
      ca.checkInvariants();
    }
  }

  @Test
  void refusesWhatWasSignedBeforeTheStart() throws Exception {
    Instant before = Instant.now();
    try (TestCa ca = TestCa.start()) {
      String alice = ca.idp().token("alice@example.com", "dba");
      CaAnswer early = ca.client().certificate(key, alice).sendOnce(before);
      assertThat(early.status()).isEqualTo(401);
      assertThat(early.code()).isEqualTo("restarted");
      assertThat(ca.client().readiness().status()).isEqualTo(200);
      assertThat(ca.client().get("/v1/ca/user", Map.of()).body().strip())
          .isEqualTo(ca.files().userCa().line());
    }
  }

  @Test
  void publishesNoBundleThatTheRootDidNotSign() throws Exception {
    try (TestCa ca = TestCa.start()) {
      ca.stopDaemon();
      Files.writeString(
          ca.files().state().resolve("root.pub"), ca.files().ledgerKey().line() + "\n");
      assertThatThrownBy(ca::startDaemon).hasMessageContaining("is not signed by");
    }
  }

  @Test
  void noticesAnEntryThatIsMissing() throws Exception {
    try (TestCa ca = TestCa.start()) {
      var _ = ca.client().certificate(key, ca.idp().token("alice@example.com", "dba")).send();
      ca.daemon()
          .ledger()
          .append(Draft.of(EntryKind.DAEMON_STARTED, JsonObject.EMPTY, SearchKeys.NONE));
      ca.stopDaemon();
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + ca.files().store());
          var statement = connection.createStatement()) {
        statement.execute("DELETE FROM entries WHERE number = 5");
      }
      assertThatThrownBy(ca::checkInvariants).isInstanceOf(AssertionError.class);
    }
  }
}
