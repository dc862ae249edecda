package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.oidc.FakeSignIn;
import dev.daypass.oidc.FakeSignIn.Scripted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A login over its checks at the port of a whole daemon, whose provider answers at its token
 * endpoint whatever a test wants (DESIGN section 4, Re-check; CASES 77). The provider's word is old
 * after a second, so that nobody waits for minutes.
 */
final class LoginLifeIT {
  private static final String CHECKS = "check-age: 1s\n";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = 50_000_000;
  private static final int AT_ONCE = 8;

  private static TestCa ca;
  private static FakeSignIn provider;

  private final List<Terminal> bound = new ArrayList<>();

  @BeforeAll
  static void start() {
    ca = started("");
    provider = ca.idp().signIn();
  }

  private static TestCa started(String login) {
    return TestCa.with().identity(LoginPortIT.IDENTITY).login(CHECKS + login).start();
  }

  @AfterAll
  static void stop() {
    ca.close();
  }

  /** The checks of a login that is over are in no other test's way. */
  @AfterEach
  void holds() throws Exception {
    provider.answerAlways(Optional.empty());
    for (Terminal terminal : bound) {
      assertThat(terminal.request("DELETE", "/v1/logins/current", Map.of()).status())
          .isIn(200, 401);
    }
    ca.checkInvariants();
  }

  @Test
  void fromTheSignInOverChecksToTheEnd() throws Exception {
    Terminal terminal = Terminal.of(ca);
    becomesDoras(terminal);

    CaAnswer issued = terminal.certificate();
    assertThat(issued.certificate().orElseThrow().content().publicKey())
        .isEqualTo(terminal.key().publicKey());
    CaAnswer listed = terminal.request("GET", "/v1/logins", Map.of());
    assertThat(listed.json().path("logins").findValuesAsString("login"))
        .containsExactly(terminal.login());
    ca.checkInvariants();

    int before = refreshTokens().size();
    awaitCheck(terminal);
    awaitCheck(terminal);
    assertThat(refreshTokensFrom(before)).doesNotHaveDuplicates();
    assertThat(terminal.certificate().status()).isEqualTo(201);
    ca.checkInvariants();

    CaAnswer ended = terminal.request("DELETE", "/v1/logins/current", Map.of());
    assertThat(ended.text("revoked")).isEqualTo("2");
    ca.checkInvariants();
    assertEnded(terminal.certificate());
    assertEnded(terminal.request("GET", "/v1/roles", Map.of()));
    assertThat(last(EntryKind.REQUESTS_REFUSED).text("key"))
        .contains(terminal.key().publicKey().fingerprint().toString());
  }

  private static void becomesDoras(Terminal terminal) throws Exception {
    assertThat(terminal.start().status()).isEqualTo(201);
    assertThat(terminal.state()).isEqualTo("waiting");
    ca.checkInvariants();

    Tab tab = new Tab(ca);
    Document consent = tab.consentPage(terminal, "dora");
    assertThat(terminal.state()).isEqualTo("signed_in");
    assertThat(consent.text())
        .contains("dora@example.com", "terminal-of-the-tests", "127.0.0.1")
        .contains(terminal.key().publicKey().fingerprint().toString());
    ca.checkInvariants();

    String proof = tab.allow(terminal, consent);
    assertThat(terminal.state()).isEqualTo("consented");
    ca.checkInvariants();

    CaAnswer bound = terminal.bind(Optional.of(proof));
    assertThat(bound.status()).as(bound.body()).isEqualTo(200);
    assertThat(bound.text("username")).isEqualTo("dora@example.com");
    assertThat(bound.text("renewable")).isEqualTo("true");
    ca.checkInvariants();
  }

  /** A mover keeps the login and loses the role. */
  @Test
  void whoLeftTheGroupLosesTheRoleAtTheNextCheck() throws Exception {
    Terminal terminal = bound();
    assertThat(terminal.certificate().status()).isEqualTo(201);
    provider.person("alice@example.com", "web");
    awaitCheck(terminal);
    CaAnswer refused = eventually(terminal::certificate, 403);
    assertThat(refused.code()).isEqualTo("no_rule_matched");
    assertThat(isOpen(terminal)).isTrue();
  }

  static Stream<Scripted> noWordOnThePerson() {
    return Stream.of(
        Scripted.error(401, "invalid_client"),
        Scripted.error(400, "invalid_client"),
        Scripted.error(400, "temporarily_unavailable"),
        Scripted.error(500, "invalid_grant"),
        new Scripted(503, "text/html", "<html>invalid_grant</html>"),
        Scripted.json(200, "{}"));
  }

  @ParameterizedTest
  @MethodSource("noWordOnThePerson")
  void whatSaysNothingOfThePersonIsNoLogout(Scripted answer) throws Exception {
    Terminal terminal = bound();
    assertThat(terminal.certificate().status()).isEqualTo(201);
    provider.answerAlways(Optional.of(answer));
    awaitCheck(terminal);
    assertGrace(terminal);

    provider.answerAlways(Optional.empty());
    eventually(() -> {
      assertThat(terminal.certificate().status()).isEqualTo(201);
      return last(EntryKind.CERTIFICATE_GRANTED).text("grace_since").isEmpty();
    });
  }

  @Test
  void whoDoesNotAnswerInTimeSaysNothingOfThePerson() throws Exception {
    Terminal terminal = bound();
    CountDownLatch gate = provider.gate();
    awaitCheck(terminal);
    assertGrace(terminal);
    gate.countDown();
  }

  @Test
  void graceEndsAndTheLoginDoesNot() throws Exception {
    stop();
    ca = started("grace: 2s\n");
    provider = ca.idp().signIn();
    Terminal terminal = bound();
    provider.answerAlways(Optional.of(Scripted.error(500, "server_error")));
    CaAnswer refused = eventually(() -> terminal.request("GET", "/v1/roles", Map.of()), 503);
    assertThat(refused.text("detail")).contains("identity provider");
    assertThat(terminal.certificate().status()).isEqualTo(503);
    provider.answerAlways(Optional.empty());
    var _ = eventually(terminal::certificate, 201);
    assertThat(isOpen(terminal)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid_grant",
        "interaction_required",
        "login_required",
        "consent_required",
        "access_denied"
      })
  void theProvidersWordEndsTheLoginAndRevokesWhatIsLive(String error) throws Exception {
    Terminal terminal = bound();
    String serial = terminal.certificate().text("serial");
    provider.answerAlways(Optional.of(Scripted.error(400, error)));
    assertEnded(eventually(() -> terminal.request("GET", "/v1/roles", Map.of()), 401));
    assertEnded(terminal.certificate());
    assertRevoked(serial, error);
  }

  /** A leaver with a live certificate need not ask for anything to be noticed. */
  @Test
  void inTheBackgroundTheSame() throws Exception {
    Terminal terminal = bound();
    String serial = terminal.certificate().text("serial");
    provider.endSessions();
    eventually(() -> !isOpen(terminal) && !revoked(serial).isEmpty());
    assertRevoked(serial, "invalid_grant");
    assertEnded(terminal.certificate());
  }

  /** A token that is sent twice looks stolen to a provider that rotates: it would end them all. */
  @Test
  void parallelRequestsMakeOneCheck() throws Exception {
    Terminal terminal = bound();
    int before = refreshTokens().size();
    CountDownLatch gate = provider.gate();
    List<Future<CaAnswer>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<CaAnswer> roles = () -> terminal.request("GET", "/v1/roles", Map.of());
      all.add(
          threads.submit(() -> {
            awaitCheck(terminal);
            return roles.call();
          }));
      eventually(() -> refreshTokens().size() > before);
      for (int i = 1; i < AT_ONCE; i++) {
        all.add(threads.submit(roles));
      }
      // Whoever asks nothing of the provider is answered meanwhile.
      assertThat(ca.client().readiness().status()).isEqualTo(200);
      assertThat(refreshTokens()).hasSize(before + 1);
      gate.countDown();
    }
    for (Future<CaAnswer> one : all) {
      assertThat(one.get().status()).as(one.get().body()).isEqualTo(200);
    }
    assertThat(refreshTokensFrom(before)).doesNotHaveDuplicates();
  }

  private Terminal bound() throws Exception {
    Terminal terminal = Terminal.of(ca);
    assertThat(terminal.start().status()).isEqualTo(201);
    Tab tab = new Tab(ca);
    String proof = tab.allow(terminal, tab.consentPage(terminal, "alice"));
    assertThat(terminal.bind(Optional.of(proof)).status()).isEqualTo(200);
    bound.add(terminal);
    return terminal;
  }

  /** Asks until the provider was asked once more than before, by this login or for it. */
  private static void awaitCheck(Terminal terminal) throws Exception {
    int before = refreshTokens().size();
    eventually(() -> {
      assertThat(terminal.request("GET", "/v1/roles", Map.of()).status()).isEqualTo(200);
      return refreshTokens().size() > before;
    });
  }

  private static List<String> refreshTokens() {
    return provider.tokenRequests().stream()
        .map(request -> request.form().getOrDefault("refresh_token", ""))
        .filter(token -> !token.isEmpty())
        .toList();
  }

  private static List<String> refreshTokensFrom(int first) {
    List<String> all = refreshTokens();
    return all.subList(first, all.size());
  }

  private static void assertGrace(Terminal terminal) throws Exception {
    assertThat(terminal.certificate().status()).isEqualTo(201);
    assertThat(last(EntryKind.CERTIFICATE_GRANTED).text("grace_since")).isPresent();
    assertThat(isOpen(terminal)).isTrue();
  }

  private static boolean isOpen(Terminal terminal) throws Exception {
    return ca.details(EntryKind.LOGIN_ENDED).stream()
        .noneMatch(ended -> ended.text("login").equals(Optional.of(terminal.login())));
  }

  private static void assertRevoked(String serial, String why) throws Exception {
    assertThat(last(EntryKind.LOGIN_ENDED).text("why")).contains(why);
    assertThat(revoked(serial)).hasSize(1);
  }

  private static List<JsonObject> revoked(String serial) throws Exception {
    return ca.details(EntryKind.REVOCATION_ADDED).stream()
        .filter(details ->
            details.value("serials").equals(Optional.of(JsonArray.ofTexts(List.of(serial)))))
        .toList();
  }

  private static JsonObject last(EntryKind kind) throws Exception {
    return ca.details(kind).getLast();
  }

  private static void assertEnded(CaAnswer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("login_ended");
  }

  private static CaAnswer eventually(Callable<CaAnswer> request, int status) throws Exception {
    List<CaAnswer> answers = new ArrayList<>();
    eventually(() -> {
      answers.add(request.call());
      return answers.getLast().status() == status;
    });
    return answers.getLast();
  }

  private static void eventually(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("the end of patience").isLessThan(deadline);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
