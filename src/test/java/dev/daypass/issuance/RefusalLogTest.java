package dev.daypass.issuance;

import static dev.daypass.issuance.IssuanceScenario.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.refusal.Asked;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.policy.host.HostName;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
  private static final Identity BOB = person("bob");

  private IssuanceScenario scenario;

  @BeforeEach
  void open() throws Exception {
    scenario = new IssuanceScenario();
  }

  @AfterEach
  void close() throws Exception {
    scenario.ledger.checkInvariants();
    scenario.close();
  }

  @Test
  void writesTheFirstTwentyOfAnHourDown() {
    for (int i = 0; i < 20; i++) {
      assertThat(refuse(BOB)).isPresent();
    }
    assertThat(refuse(BOB)).isEmpty();
  }

  @Test
  void writesDownWhoIsKnownAndNotAdmittedOutOfTheSameBudget() throws Exception {
    IdentityId bob = BOB.id();
    Asker asker = new Asker(Optional.empty(), Optional.empty(), "r-1");
    List<Reason> reasons = List.of(new Reason("email_unverified", "No.", "Do."));
    assertThat(scenario.refusals.record(bob, asker, reasons)).isPresent();
    assertThat(newestDetails().object("identity").orElseThrow().text("subject")).contains("bob");
    for (int i = 1; i < 20; i++) {
      refuse(BOB);
    }
    assertThat(scenario.refusals.record(bob, asker, reasons)).isEmpty();
  }

  @Test
  void saysWhatWasAskedForAndIsFoundByTheRole() throws Exception {
    Asked asked =
        new Asked(
            "prod-root",
            List.of("db-1.prod.example.com"),
            Optional.of("8h"),
            Optional.of("x".repeat(499) + "😀"));
    assertThat(refuse(asked)).isPresent();

    JsonObject details = newestDetails();
    assertThat(details.text("role")).contains("prod-root");
    assertThat(details.text("ttl")).contains("8h");
    // No character is cut in two.
    assertThat(details.text("reason")).contains("x".repeat(499) + "…");
    assertThat(details.value("hosts"))
        .contains(JsonArray.ofTexts(List.of("db-1.prod.example.com")));
    assertThat(byRole("prod-root")).hasSize(1);
  }

  @Test
  void whatIsNoNameOfARoleIsKeptAsTextAndNotIndexed() throws Exception {
    assertThat(refuse(new Asked("Prod Root\n", List.of(), Optional.empty(), Optional.empty())))
        .isPresent();
    assertThat(newestDetails().text("role")).contains("Prod Root\n");
    assertThat(newestDetails().value("hosts")).isEmpty();
    assertThat(byRole("Prod Root\n")).isEmpty();
  }

  @Test
  void aServerHasABudgetOfItsOwnAndIsFoundByItsName() throws Exception {
    HostName db = new HostName("db-1.prod.example.com");
    Asker asker = new Asker(Optional.empty(), Optional.empty(), "r-1");
    List<Reason> reasons = List.of(new Reason("host_revoked", "No.", "Do."));
    for (int i = 0; i < 25; i++) {
      assertThat(scenario.refusals.record(db, asker, reasons).isPresent()).isEqualTo(i < 20);
    }
    JsonObject details = newestDetails();
    assertThat(details.text("host")).contains("db-1.prod.example.com");
    assertThat(details.object("identity")).isEmpty();
    SearchKeys keys =
        new SearchKeys(
            Optional.of("host\n" + db), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(scenario.ledger.ledger().search(EntrySearch.of(Optional.empty(), keys, 100)))
        .hasSize(20);
    scenario.refusals.sumUp(true);
    assertThat(newestDetails().integer("count")).contains(5L);
    assertThat(newestDetails().text("host")).contains("db-1.prod.example.com");
  }

  @Test
  void oneIdentitysRefusalsDoNotUseUpAnothersBudget() {
    for (int i = 0; i < 30; i++) {
      refuse(BOB);
    }
    assertThat(refuse(person("carol"))).isPresent();
  }

  @Test
  void sumsUpTheRestWhenTheHourIsOver() throws Exception {
    for (int i = 0; i < 50; i++) {
      refuse(BOB);
    }
    long before = size();
    scenario.ledger.clock().pass(Duration.ofHours(1));
    scenario.refusals.sumUp(false);

    assertThat(size()).isEqualTo(before + 1);
    JsonObject summary = newestDetails();
    assertThat(summary.integer("count")).contains(30L);
    assertThat(summary.object("identity").orElseThrow().text("subject")).contains("bob");
  }

  @Test
  void writesNoSummaryOfNothing() {
    refuse(BOB);
    long before = size();

    scenario.refusals.sumUp(true);

    assertThat(size()).isEqualTo(before);
  }

  @Test
  void aNewHourBringsANewBudget() {
    for (int i = 0; i < 21; i++) {
      refuse(BOB);
    }
    scenario.ledger.clock().pass(Duration.ofHours(1));

    assertThat(refuse(BOB)).isPresent();
  }

  @Test
  void writesNothingWhileSpaceIsScarce() {
    scenario.spaceIsScarce = true;
    long before = size();

    assertThat(refuse(BOB)).isEmpty();
    assertThat(size()).isEqualTo(before);
  }

  @Test
  void refusesWithoutAnEntryWhileTheLedgerIsAway() {
    scenario.ledger.clock().jump(Duration.ofMinutes(-10));

    assertThat(refuse(BOB)).isEmpty();
    scenario.ledger.clock().jump(Duration.ofMinutes(10));
  }

  private Optional<EntryNumber> refuse(Asked asked) {
    return scenario.refusals.record(
        BOB,
        new Asker(Optional.empty(), Optional.empty(), "r-1"),
        asked,
        List.of(new Reason("not_allowed", "No.", "Do.")));
  }

  private List<EntryNumber> byRole(String role) throws Exception {
    SearchKeys keys =
        new SearchKeys(Optional.empty(), Optional.of(role), Optional.empty(), Optional.empty());
    return scenario.ledger.ledger().search(EntrySearch.of(Optional.empty(), keys, 100));
  }

  private Optional<EntryNumber> refuse(Identity identity) {
    return scenario.refusals.record(
        identity,
        scenario.context(Optional.empty(), "body").asker(),
        List.of(new Reason("denied", "No.", "Ask another.")));
  }

  private long size() {
    return scenario.ledger.ledger().size().value();
  }

  private JsonObject newestDetails() throws Exception {
    EntryNumber newest = new EntryNumber(size() - 1);
    return (JsonObject)
        CanonicalJson.decode(scenario.ledger.ledger().details(newest).orElseThrow());
  }
}
