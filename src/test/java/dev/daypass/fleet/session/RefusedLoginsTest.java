package dev.daypass.fleet.session;

import static dev.daypass.fleet.host.FleetScenario.DB_1;
import static dev.daypass.fleet.host.FleetScenario.WEB_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Serial;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.policy.host.HostName;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RefusedLoginsTest {
  private static final String ISSUER = "https://idp.example.com";
  private static final IdentityId ALICE = new IdentityId(ISSUER, "alice");
  private static final IdentityId BOB = new IdentityId(ISSUER, "bob");

  private TestLedger test;
  private RefusedLogins refused;

  @BeforeEach
  void open() throws Exception {
    test = TestLedger.over(new InMemoryLedgerStore());
    refused = new RefusedLogins(test.ledger(), test.clock()::now);
  }

  @AfterEach
  void close() throws Exception {
    test.checkInvariants();
    test.close();
  }

  @Test
  void tellsThePersonToWhomItWasGrantedAndNobodyElse() throws Exception {
    RefusedLogin login = refused(DB_1, granted(ALICE), "not in the map");
    assertThat(refused.report(login)).isTrue();
    assertThat(refused.of(ALICE, DB_1)).containsExactly(login);
    assertThat(refused.of(ALICE, WEB_1)).isEmpty();
    assertThat(refused.of(BOB, DB_1)).isEmpty();
  }

  @Test
  void writesNothing() throws Exception {
    Serial serial = granted(ALICE);
    var size = test.ledger().size();
    refused.report(refused(DB_1, serial, "x"));
    assertThat(test.ledger().size()).isEqualTo(size);
  }

  @Test
  void theNewestComesFirstAndEachOnce() throws Exception {
    Serial serial = granted(ALICE);
    RefusedLogin one = refused(DB_1, serial, "one");
    RefusedLogin two = refused(DB_1, serial, "two");
    refused.report(one);
    refused.report(two);
    refused.report(one);
    assertThat(refused.of(ALICE, DB_1)).containsExactly(one, two);
    for (int i = 0; i < 30; i++) {
      refused.report(refused(DB_1, serial, "reason " + i));
    }
    assertThat(refused.of(ALICE, DB_1))
        .hasSize(20)
        .first()
        .extracting("reason")
        .isEqualTo("reason 29");
  }

  @Test
  void whatNobodyWasGrantedConcernsNobody() {
    for (long serial : new long[] {0, 1, 4711, -1}) {
      assertThat(refused.report(refused(DB_1, new Serial(serial), "forged"))).isTrue();
    }
    assertThat(refused.of(ALICE, DB_1)).isEmpty();
  }

  @Test
  void forgetsAfterADay() throws Exception {
    refused.report(refused(DB_1, granted(ALICE), "x"));
    test.clock().pass(Duration.ofDays(1));
    assertThat(refused.of(ALICE, DB_1)).isEmpty();
  }

  @Test
  void aServerCannotFillTheMemory() throws Exception {
    Serial serial = granted(ALICE);
    for (int i = 0; i < 500; i++) {
      assertThat(refused.report(refused(DB_1, serial, "x"))).isTrue();
    }
    assertThat(refused.report(refused(DB_1, serial, "x"))).isFalse();
    assertThat(refused.report(refused(WEB_1, serial, "x"))).as("another server").isTrue();
  }

  private RefusedLogin refused(HostName host, Serial serial, String reason) {
    return new RefusedLogin(host, serial, test.clock().now(), Optional.of("root"), reason);
  }

  private Serial granted(IdentityId id) throws Exception {
    Draft draft = test.granting("somebody");
    JsonObject details =
        JsonObject.builder()
            .put(
                "identity",
                JsonObject.builder()
                    .put("issuer", id.issuer())
                    .put("subject", id.subject())
                    .build())
            .build();
    return new Serial(
        test.append(
                Draft.granting(
                    draft.kind(), details, draft.certificate().orElseThrow(), draft.search()))
            .number()
            .value());
  }
}
