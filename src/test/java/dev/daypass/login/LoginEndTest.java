package dev.daypass.login;

import static dev.daypass.login.LoginScenario.ALICE;
import static dev.daypass.login.LoginScenario.BOB;
import static dev.daypass.login.LoginScenario.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.store.LoginEnd;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logins end once, in the store first, and nothing that they were given outlives them unseen. */
@Timeout(120)
final class LoginEndTest {
  /** Fewer than the ledger lets wait. */
  private static final int TOGETHER = 500;

  @TempDir private Path folder;
  private LoginScenario scenario;

  @BeforeEach
  void open() throws Exception {
    scenario = new LoginScenario(folder);
  }

  @AfterEach
  void close() throws Exception {
    scenario.close();
  }

  @Test
  void logoutEndsAndRevokes() throws Exception {
    LoginView login = scenario.login(ALICE);
    EntryNumber first = scenario.issued("debug");
    EntryNumber second = scenario.issued("strict");
    assertThat(scenario.desk.end(login.id(), new Ender.Owner(ALICE.id())))
        .isEqualTo(new EndOutcome.Ended(1, 2));
    assertThat(scenario.entries(EntryKind.LOGIN_ENDED).getFirst().text("cause")).contains("logout");
    assertThat(revokedText()).isEqualTo("[\"" + second.value() + "\",\"" + first.value() + "\"]");
    assertThat(code(scenario.desk.end(login.id(), new Ender.Owner(ALICE.id()))))
        .isEqualTo("login_unknown");
    assertThat(scenario.entries(EntryKind.LOGIN_ENDED)).hasSize(1);
  }

  @Test
  void aLostLaptopEndsEveryLoginOfItsOwnerAndNobodyElses() {
    scenario.login(ALICE);
    scenario.login(LoginScenario.newKey(), ALICE);
    SshPublicKey bobs = LoginScenario.newKey();
    LoginView other = scenario.login(bobs, BOB);
    var _ = scenario.issued("debug");
    assertThat(scenario.desk.endAll(ALICE.id(), new Ender.Operator("root", "lost laptop")))
        .isEqualTo(new EndOutcome.Ended(2, 1));
    assertThat(scenario.desk.loginsOf(ALICE.id())).isEmpty();
    assertThat(scenario.desk.isOpen(other.id())).isTrue();
  }

  /** RFC 7009; but a provider ends a whole session with it, which other logins may share. */
  @Test
  void theLastLoginsTokenIsGivenBack() throws Exception {
    LoginView first = scenario.login(ALICE);
    LoginView second = scenario.login(LoginScenario.newKey(), ALICE);
    scenario.login(LoginScenario.newKey(), BOB);
    scenario.desk.end(first.id(), new Ender.Owner(ALICE.id()));
    scenario.desk.end(second.id(), new Ender.Owner(ALICE.id()));
    assertThat(scenario.idp.nextGivenBack()).isEqualTo(RefreshToken.of("token-2"));
  }

  @Test
  void aLostLaptopGivesEveryTokenBack() throws Exception {
    scenario.login(ALICE);
    scenario.login(LoginScenario.newKey(), ALICE);
    scenario.desk.endAll(ALICE.id(), new Ender.Owner(ALICE.id()));
    RefreshToken one = scenario.idp.nextGivenBack();
    assertThat(List.of(one, scenario.idp.nextGivenBack()))
        .containsExactlyInAnyOrder(RefreshToken.of("token-1"), RefreshToken.of("token-2"));
  }

  @Test
  void aLoginThatRanOutGivesItsTokenBack() throws Exception {
    scenario.login(ALICE);
    scenario.pass(Duration.ofHours(10));
    scenario.desk.recheckDue();
    assertThat(scenario.idp.nextGivenBack()).isEqualTo(RefreshToken.of("token-1"));
  }

  @Test
  void loggingInAnewShieldsNoEarlierCertificateOfTheKey() throws Exception {
    scenario.login(ALICE);
    EntryNumber earlier = scenario.issued("debug");
    LoginView second = scenario.login(ALICE);
    EntryNumber later = scenario.issued("debug");
    assertThat(scenario.desk.end(second.id(), new Ender.Owner(ALICE.id())))
        .isEqualTo(new EndOutcome.Ended(1, 2));
    assertThat(revokedText()).isEqualTo("[\"" + later.value() + "\",\"" + earlier.value() + "\"]");
  }

  @Test
  void aLateEndOfALoginSparesWhatTheKeysNextLoginWasGiven() throws Exception {
    LoginView first = scenario.login(ALICE);
    EntryNumber earlier = scenario.issued("debug");
    // The end is durable, and then the process dies before it is written down.
    scenario.store.end(
        first.id(), LoginEnd.of(new Ender.Owner(ALICE.id())), scenario.ledger.clock().now());
    scenario.crash();
    LoginView second = scenario.login(ALICE);
    var _ = scenario.issued("debug");
    scenario.desk.recheckDue();
    assertThat(revokedText()).isEqualTo("[\"" + earlier.value() + "\"]");
    assertThat(scenario.desk.isOpen(second.id())).isTrue();
  }

  @Test
  void timeEndsALoginWithoutRevoking() throws Exception {
    scenario.login(ALICE);
    scenario.pass(Duration.ofHours(10).minusMinutes(10));
    var _ = scenario.issued("debug");
    scenario.pass(Duration.ofMinutes(10));
    scenario.desk.recheckDue();
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    assertThat(scenario.desk.loginsOf(ALICE.id())).isEmpty();
    scenario.pass(Duration.ofMinutes(20));
    scenario.desk.recheckDue();
    assertThat(scenario.entries(EntryKind.LOGIN_ENDED).getFirst().text("cause"))
        .contains("expired");
    assertThat(scenario.entries(EntryKind.REVOCATION_ADDED)).isEmpty();
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
  }

  /** DESIGN section 1.7: live certificates of a leaver are revoked, also past the login's time. */
  @Test
  void aCertificateThatOutlivesItsLoginIsWatchedToItsEnd() throws Exception {
    EntryNumber live = outliving();
    scenario.idp.refreshComesTo(new RefreshResult.Ended("invalid_grant"));
    scenario.pass(Duration.ofMinutes(6));
    scenario.desk.recheckDue();
    assertThat(revokedText()).isEqualTo("[\"" + live.value() + "\"]");
    assertThat(scenario.entries(EntryKind.LOGIN_ENDED).getFirst().text("cause"))
        .contains("provider");
  }

  @Test
  void aLostLaptopRevokesWhatOutlivedItsLogin() throws Exception {
    EntryNumber live = outliving();
    scenario.login(LoginScenario.newKey(), ALICE);
    assertThat(scenario.desk.endAll(ALICE.id(), new Ender.Owner(ALICE.id())))
        .isEqualTo(new EndOutcome.Ended(2, 1));
    assertThat(revokedText()).isEqualTo("[\"" + live.value() + "\"]");
  }

  @Test
  void aLoginWhoseTimeIsUpIsNotShownAsAnOpenOne() throws Exception {
    var _ = outliving();
    SshPublicKey next = LoginScenario.newKey();
    var started = scenario.started(next, scenario.loopback());
    assertThat(scenario.signedIn(started.id(), ALICE).view().others()).isEmpty();
    assertThat(scenario.desk.loginsOf(ALICE.id())).isEmpty();
  }

  /** A certificate that is live for 20 minutes more than its login. */
  private EntryNumber outliving() {
    scenario.idp.keepRefreshTokens();
    scenario.login(ALICE);
    scenario.pass(Duration.ofHours(10).minusMinutes(10));
    EntryNumber live = scenario.issued("debug");
    scenario.pass(Duration.ofMinutes(10));
    scenario.desk.recheckDue();
    assertThat(code(scenario.desk.standing(scenario.key))).isEqualTo("login_ended");
    return live;
  }

  @Test
  void aLoginThatEndsBeforeTheReleaseLetsNoCertificateOut() throws Exception {
    LoginView login = scenario.login(ALICE);
    scenario.beforeRelease = () -> scenario.desk.end(login.id(), new Ender.Owner(ALICE.id()));
    IssuanceOutcome outcome = scenario.ask("debug");
    assertThat(outcome).isInstanceOf(IssuanceOutcome.Refused.class);
    assertThat(((IssuanceOutcome.Refused) outcome).reasons().getFirst().code())
        .isEqualTo("login_ended");
    assertThat(scenario.entries(EntryKind.CERTIFICATE_FAILED).getFirst().text("cause"))
        .contains("login_ended");
    assertThat(scenario.entries(EntryKind.REVOCATION_ADDED))
        .as("its entry was there to be seen")
        .hasSize(1);
  }

  @RepeatedTest(20)
  void whoeverWinsNoCertificateIsOutThatIsNotRevoked() throws Exception {
    LoginView login = scenario.login(ALICE);
    CompletableFuture<IssuanceOutcome> asked = new CompletableFuture<>();
    CompletableFuture<EndOutcome> ended = new CompletableFuture<>();
    var standing = scenario.desk.standing(scenario.key);
    assertThat(standing).isNotNull();
    Thread issuing =
        Thread.startVirtualThread(() -> {
          try {
            asked.complete(scenario.ask("debug"));
          } catch (ClassCastException e) {
            asked.completeExceptionally(e); // the login had ended before the request
          }
        });
    Thread ending =
        Thread.startVirtualThread(
            () -> ended.complete(scenario.desk.end(login.id(), new Ender.Owner(ALICE.id()))));
    issuing.join();
    ending.join();
    assertThat(ended.join()).isInstanceOf(EndOutcome.Ended.class);
    if (!asked.isCompletedExceptionally()
        && asked.join() instanceof IssuanceOutcome.Issued issued) {
      assertThat(revokedText()).contains("\"" + issued.receipt().number().value() + "\"");
    }
  }

  @Test
  void moreSerialsThanOneEntryHoldsTakeSeveral() throws Exception {
    LoginView login = scenario.login(ALICE);
    Set<String> live = grants(login, 2_500);
    assertThat(scenario.desk.end(login.id(), new Ender.Owner(ALICE.id())))
        .isEqualTo(new EndOutcome.Ended(1, 2_500));
    assertThat(scenario.entries(EntryKind.REVOCATION_ADDED))
        .hasSize(3)
        .allSatisfy(entry -> assertThat(entry.text("login")).contains(login.id().text()));
    assertThat(revokedSerials()).containsExactlyInAnyOrderElementsOf(live);
  }

  @Test
  void aCrashBetweenTwoEntriesOfSerialsLosesNoneAndWritesNoneTwice() throws Exception {
    LoginView login = scenario.login(ALICE);
    List<String> live = List.copyOf(grants(login, 5));
    JsonObject written =
        JsonObject.builder()
            .put("login", login.id().text())
            .put("serials", JsonArray.ofTexts(live.subList(0, 2)))
            .build();
    JsonObject ended =
        JsonObject.builder().put("login", login.id().text()).put("revokes", true).build();
    scenario.ledger.append(Draft.of(EntryKind.LOGIN_ENDED, ended, ofKey(login)));
    scenario.ledger.append(Draft.of(EntryKind.REVOCATION_ADDED, written, ofKey(login)));
    scenario.desk.end(login.id(), new Ender.Owner(ALICE.id()));
    assertThat(scenario.entries(EntryKind.REVOCATION_ADDED)).hasSize(2);
    assertThat(revokedSerials()).containsExactlyInAnyOrderElementsOf(live);
  }

  @Test
  void aCrashAfterTheEndIsDurableLosesNeitherEntryNorRevocation() throws Exception {
    LoginView login = scenario.login(ALICE);
    var _ = scenario.issued("debug");
    Ender owner = new Ender.Owner(ALICE.id());
    assertThat(scenario.store.end(login.id(), LoginEnd.of(owner), scenario.ledger.clock().now()))
        .isTrue();
    scenario.crash();
    assertThat(scenario.desk.isOpen(login.id())).isFalse();
    scenario.desk.recheckDue();
    scenario.desk.recheckDue();
    assertThat(scenario.entries(EntryKind.LOGIN_ENDED)).hasSize(1);
    assertThat(scenario.entries(EntryKind.REVOCATION_ADDED)).hasSize(1);
    assertThat(scenario.store.endings()).isEmpty();
  }

  @Test
  void aCrashBetweenItsEntriesAndTheStoreWritesNothingTwice() throws Exception {
    LoginView login = scenario.login(ALICE);
    var _ = scenario.issued("debug");
    var before = scenario.store.find(login.id()).orElseThrow();
    scenario.desk.end(login.id(), new Ender.Owner(ALICE.id()));
    // The row comes back as a crash before its deletion would have left it.
    scenario.store.open(before, LoginEnd.of(new Ender.Replaced(login.id())));
    scenario.store.end(
        login.id(), LoginEnd.of(new Ender.Owner(ALICE.id())), scenario.ledger.clock().now());
    scenario.crash();
    scenario.desk.recheckDue();
    assertThat(scenario.entries(EntryKind.LOGIN_ENDED)).hasSize(1);
    assertThat(scenario.entries(EntryKind.REVOCATION_ADDED)).hasSize(1);
  }

  /** Grants of that login, live for half an hour; their serials. */
  private Set<String> grants(LoginView login, int count) throws Exception {
    String end = scenario.ledger.clock().now().plus(Duration.ofMinutes(30)).toString();
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Draft plain = scenario.ledger.granting("user-" + i);
      JsonObject details =
          plain.details().toBuilder()
              .put("login", login.id().text())
              .put("key", scenario.key.line())
              .put("valid_before", end)
              .build();
      drafts.add(
          Draft.granting(plain.kind(), details, plain.certificate().orElseThrow(), ofKey(login)));
    }
    Set<String> serials = new HashSet<>();
    for (int from = 0; from < count; from += TOGETHER) {
      for (Receipt receipt :
          scenario.ledger.appendTogether(drafts.subList(from, Math.min(count, from + TOGETHER)))) {
        serials.add(Long.toString(receipt.number().value()));
      }
    }
    return serials;
  }

  private static SearchKeys ofKey(LoginView login) {
    return new SearchKeys(
        Optional.empty(), Optional.empty(), Optional.of(login.key()), Optional.empty());
  }

  private List<String> revokedSerials() throws Exception {
    List<String> serials = new ArrayList<>();
    for (JsonObject revocation : scenario.entries(EntryKind.REVOCATION_ADDED)) {
      JsonArray array = (JsonArray) revocation.value("serials").orElseThrow();
      array.values().forEach(value -> serials.add(((JsonText) value).value()));
    }
    return serials;
  }

  private String revokedText() throws Exception {
    JsonObject revocation = scenario.entries(EntryKind.REVOCATION_ADDED).getFirst();
    JsonArray serials = (JsonArray) revocation.value("serials").orElseThrow();
    return CanonicalJson.encode(serials).utf8();
  }
}
