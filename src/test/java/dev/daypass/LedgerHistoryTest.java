package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.ledger.refusal.RefusalLog;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.LoginScenario;
import dev.daypass.login.Visitor;
import dev.daypass.login.open.LoginEntries;
import dev.daypass.login.store.CheckMark;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.web.login.History;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the writers of entries write is what people are told. */
final class LedgerHistoryTest {
  private static final Identity ALICE = LoginScenario.ALICE;
  private static final LoginId LOGIN = LoginId.random(new Random(1));
  private static final SshPublicKey KEY =
      OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
  private static final String FINGERPRINT = KEY.fingerprint().toString();
  private static final Visitor VISITOR = LoginScenario.TERMINAL;

  private TestLedger test;

  @BeforeEach
  void start() throws Exception {
    test = TestLedger.over(new InMemoryLedgerStore());
  }

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void tellsConsentFromALogin() throws Exception {
    LoginEntries entries = new LoginEntries(test.ledger());
    entries.consented(LOGIN, ALICE, KEY, "laptop", LoginMode.LOOPBACK, VISITOR.address(), VISITOR);
    entries.bound(login(), VISITOR);

    Map<String, String> facts = Map.of("hostname", "laptop", "key", FINGERPRINT);
    assertThat(history())
        .extracting(History.Line::kind, History.Line::outcome, History.Line::facts)
        .containsExactly(
            tuple("login.opened", "opened", facts), tuple("login.opened", "consented", facts));
  }

  @Test
  void tellsHowALoginEndedAndWhy() throws Exception {
    append(EntryKind.LOGIN_ENDED, end("logout").build());
    append(
        EntryKind.REVOCATION_ADDED,
        end("provider")
            .put("why", "invalid_grant")
            .put("serials", JsonArray.ofTexts(List.of("7", "8")))
            .build());

    assertThat(history()).extracting(History.Line::outcome).containsExactly("revoked", "ended");
    assertThat(history())
        .extracting(line -> line.facts().get("reason"))
        .containsExactly("provider: invalid_grant", "logout");
    assertThat(history())
        .allSatisfy(line ->
            assertThat(line.facts())
                .containsEntry("key", FINGERPRINT)
                .containsEntry("hostname", "laptop"));
  }

  @Test
  void tellsWhatACertificateMayDoAndUntilWhen() throws Exception {
    Draft granting = test.granting("alice");
    JsonObject details =
        JsonObject.builder()
            .put("role", "dba")
            .put("reason", "INC-7")
            .put("key", KEY.line())
            .put("valid_before", "2026-11-21T02:00:00Z")
            .build();
    var receipt =
        test.append(
            Draft.granting(
                EntryKind.CERTIFICATE_GRANTED,
                details,
                granting.certificate().orElseThrow(),
                IdentityDetails.searchKeys(ALICE.id())));

    String serial = receipt.number().toString();
    assertThat(history())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.entry()).isEqualTo(receipt.number());
          assertThat(line.outcome()).isEqualTo("granted");
          assertThat(line.facts())
              .containsExactlyInAnyOrderEntriesOf(
                  Map.of(
                      "serial",
                      serial,
                      "role",
                      "dba",
                      "reason",
                      "INC-7",
                      "key",
                      FINGERPRINT,
                      "valid_before",
                      "2026-11-21T02:00:00Z"));
        });
  }

  @Test
  void aFailureNamesTheCertificateThatNobodyGot() throws Exception {
    append(
        EntryKind.CERTIFICATE_FAILED,
        JsonObject.builder().put("entry", "7").put("cause", "login_ended").build());

    assertThat(history())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.outcome()).isEqualTo("failed");
          assertThat(line.facts()).isEqualTo(Map.of("serial", "7", "reason", "login_ended"));
        });
  }

  @Test
  void aRefusalTellsItsFirstReason() throws Exception {
    RefusalLog refusals = new RefusalLog(test.ledger(), test.clock()::now, () -> false);
    var _ =
        refusals.record(
            ALICE,
            new Asker(Optional.of(KEY), Optional.of(VISITOR.address()), "r"),
            List.of(new Reason("a", "Not on Sundays.", "Wait."), new Reason("b", "No.", "Go.")));

    assertThat(history())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.outcome()).isEqualTo("refused");
          assertThat(line.facts())
              .isEqualTo(Map.of("key", FINGERPRINT, "reason", "Not on Sundays."));
        });
  }

  @Test
  void aKeyThatCannotBeReadIsLeftOut() throws Exception {
    append(EntryKind.LOGIN_ENDED, JsonObject.builder().put("key", "ssh-ed25519 x").build());
    assertThat(history()).singleElement().matches(line -> line.facts().isEmpty());
  }

  @Test
  void tellsTheNewestOfOnesOwnAndNobodyElses() throws Exception {
    append(EntryKind.LOGIN_ENDED, end("first").build());
    append(EntryKind.LOGIN_ENDED, end("second").build());
    test.append(
        Draft.of(
            EntryKind.LOGIN_ENDED,
            end("bob's").build(),
            IdentityDetails.searchKeys(LoginScenario.BOB.id())));

    LedgerHistory history = new LedgerHistory(test.ledger());
    assertThat(history.of(ALICE.id(), 1))
        .singleElement()
        .matches(line -> "second".equals(line.facts().get("reason")));
    assertThat(history.of(ALICE.id(), 50)).hasSize(2);
    assertThat(history.of(new IdentityId("https://other.example", "alice"), 50)).isEmpty();
  }

  @Test
  void aLedgerThatCannotBeReadIsNoEmptyHistory() throws Exception {
    append(EntryKind.LOGIN_ENDED, end("logout").build());
    test.store().unreadable(true);
    assertThatExceptionOfType(History.Unreadable.class).isThrownBy(this::history);
  }

  private List<History.Line> history() throws History.Unreadable {
    return new LedgerHistory(test.ledger()).of(ALICE.id(), 50);
  }

  private void append(EntryKind kind, JsonObject details) throws Exception {
    test.append(Draft.of(kind, details, IdentityDetails.searchKeys(ALICE.id())));
  }

  private static JsonObject.Builder end(String cause) {
    return JsonObject.builder()
        .put("login", LOGIN.text())
        .put("key", FINGERPRINT)
        .put("hostname", "laptop")
        .put("cause", cause);
  }

  private static StoredLogin login() {
    Instant now = Instant.parse("2026-11-21T01:13:00Z");
    return new StoredLogin(
        LOGIN,
        KEY,
        ALICE,
        "laptop",
        LoginMode.LOOPBACK,
        VISITOR.address(),
        now,
        now.plus(Duration.ofHours(1)),
        Optional.empty(),
        CheckMark.passed(now));
  }
}
