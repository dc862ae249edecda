package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A login from its start to its end at the port of a whole daemon, with an identity provider of the
 * tests' own and a browser that is no more than its cookies: what every other browser may do too.
 */
final class LoginPortIT {
  static final String IDENTITY =
      """
      dev:
        preset: generic
        primary: true
        issuer: ${issuer}
        client-id: daypass
        client-auth: none
        account: local-part
        email-domains: [example.com]
        username-claim: email
        groups-claim: groups
      """;

  private static TestCa ca;

  @BeforeAll
  static void start() {
    ca = TestCa.with().identity(IDENTITY).start();
  }

  @AfterAll
  static void stop() {
    ca.close();
  }

  @AfterEach
  void holds() {
    ca.checkInvariants();
  }

  /** What is written of a login is what its owner reads later, from another laptop. */
  @Test
  void theHistoryTellsTheWholeLogin() throws Exception {
    Terminal lost = boundTo("carol");
    String serial = lost.certificate().text("serial");
    Terminal kept = boundTo("carol");
    assertThat(kept.request("DELETE", "/v1/logins/" + lost.login(), Map.of()).status())
        .isEqualTo(200);
    CaAnswer history = kept.request("GET", "/v1/history", Map.of());
    assertThat(history.json().path("entries").findValuesAsString("outcome"))
        .containsExactly(
            "revoked", "ended", "opened", "consented", "granted", "opened", "consented");
    assertThat(history.json().path("entries").findValuesAsString("hostname"))
        .hasSize(6)
        .containsOnly("terminal-of-the-tests");
    assertThat(history.json().path("entries").findValuesAsString("serial")).containsExactly(serial);
    assertThat(history.json().path("entries").findValuesAsString("reason"))
        .containsExactly("logout", "logout");
    assertThat(history.json().path("entries").findValuesAsString("key"))
        .hasSize(7)
        .containsOnly(
            lost.key().publicKey().fingerprint().toString(),
            kept.key().publicKey().fingerprint().toString());
  }

  /** CASES 67. */
  @ParameterizedTest
  @CsvSource({
    "Origin, null",
    "Origin, https://evil.example",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void consentComesFromItsOwnPageAlone(String header, String value) throws Exception {
    Terminal terminal = started();
    Tab tab = new Tab(ca);
    Document page = tab.consentPage(terminal, "alice");
    Map<String, String> form = tab.answer(page, "allow");
    String path = "/login/" + terminal.login() + "/consent";
    refused(tab.post(path, form, Map.of(header, value)), 403, "origin_refused");
    refused(tab.post(path, form, Map.of("Origin", "")), 403, "origin_refused");
    Map<String, String> guessed = new LinkedHashMap<>(form);
    guessed.put("csrf", "A".repeat(43));
    refused(tab.post(path, guessed, Map.of()), 403, "consent_invalid");
    refused(new Tab(ca).post(path, form, Map.of()), 403, "session_missing");
    assertThat(terminal.state()).isIn("signed_in", "refused");
    refused(terminal.bind(Optional.empty()), 0, "consent_missing", "consent_denied");
  }

  /** CASES 68. */
  @Test
  void aCallbackCountsOnceAndInTheBrowserThatSetOut() throws Exception {
    Terminal terminal = started();
    Tab alice = new Tab(ca);
    String callback = alice.signIn(terminal, "alice");
    Tab mallory = new Tab(ca);
    refused(mallory.get(callback), 400, "sign_in_invalid");
    var _ = mallory.signIn(started(), "mallory");
    refused(mallory.get(callback), 400, "sign_in_invalid");
    // Whether it still counts where it belongs is not a stranger's matter to decide.
    CaAnswer first = alice.get(callback);
    assertThat(first.status()).isIn(303, 400);
    refused(alice.get(callback), 400, "sign_in_invalid");
  }

  /** CASES 68. */
  @ParameterizedTest
  @CsvSource({
    "state=[^&]*&?, ''",
    "state=[^&]*, state=AAAAAAAAAAAAAAAAAAAAAA",
    "code=[^&]*&?, ''",
    "code=[^&]*, code=guessed",
    "iss=[^&]*, iss=https%3A%2F%2Fevil.example",
    "'^(.*)$', '$1&state=twice'",
    "'^(.*)$', '$1&code=twice'",
    "/callback/dev, /callback/other"
  })
  void aSpoiltCallbackIsRefused(String part, String spoilt) throws Exception {
    Terminal terminal = started();
    Tab tab = new Tab(ca);
    String callback = tab.signIn(terminal, "alice");
    CaAnswer answer = tab.get(callback.replaceFirst(part, spoilt));
    assertThat(answer.status()).as(answer.body()).isBetween(400, 404);
    assertThat(terminal.state()).isIn("waiting", "refused");
  }

  /** CASES 71. */
  @Test
  void aKeyNeverMovesToAnotherIdentity() throws Exception {
    Terminal alices = boundTo("alice");
    assertThat(alices.request("DELETE", "/v1/logins/current", Map.of()).status()).isEqualTo(200);
    Terminal bobs = new Terminal(ca, alices.key());
    assertThat(bobs.start().status()).isEqualTo(201);
    Tab tab = new Tab(ca);
    refused(tab.get(tab.signIn(bobs, "bob")), 409, "key_in_use");
    refused(bobs.bind(Optional.empty()), 0, "key_in_use", "consent_denied");
    // Nor does anybody start a login for a key that is only known to them.
    CaAnswer unsigned =
        alices.send(
            Terminal.form("POST", "/v1/logins", Map.of("hostname", "x", "mode", "device")),
            Map.of());
    refused(unsigned, 403, "possession_required");
  }

  /** CASES 72. */
  @Test
  void theKeyThatSignsIsTheKeyThatIsCertified() throws Exception {
    Terminal terminal = boundTo("alice");
    String other = Terminal.of(ca).key().publicKey().line();
    Map<String, String> fields = Map.of("role", TestCa.ROLE, "public_key", other);
    refused(terminal.request("POST", "/v1/certificates", fields), 400, "key_mismatch");
  }

  /** CASES 75. */
  @Test
  void aProofServesItsOwnTerminalOnce() throws Exception {
    Terminal terminal = started();
    Terminal thief = started();
    Tab mallorys = new Tab(ca);
    var _ = mallorys.allow(thief, mallorys.consentPage(thief, "mallory"));
    Tab tab = new Tab(ca);
    String proof = tab.allow(terminal, tab.consentPage(terminal, "alice"));
    refused(thief.bind(Optional.of(proof)), 401, "proof_invalid");
    refused(
        terminal.bind(Optional.of(proof), thief, terminal.secret()), 401, "poll_secret_invalid");
    refused(
        terminal.bind(Optional.of(proof), terminal, thief.secret()), 401, "helper_secret_invalid");
    refused(terminal.bind(Optional.empty()), 401, "proof_invalid");
    assertThat(terminal.bind(Optional.of(proof)).status()).isEqualTo(200);
    refused(terminal.bind(Optional.of(proof)), 401, "proof_invalid");
  }

  /** A person at such a daemon would otherwise find a page with nothing to choose. */
  @Test
  void whereOnlyServicesAreKnownNobodyBeginsALogin() throws Exception {
    try (TestCa services =
        TestCa.with()
            .identity(
                """
                jobs:
                  preset: generic
                  kind: service
                  issuer: ${issuer}
                  audience: daypass
                  username-claim: sub
                """)
            .start()) {
      Terminal terminal = Terminal.of(services);
      CaAnswer start = terminal.start();
      refused(start, 403, "sign_in_off");
      assertThat(start.text("remedy")).contains("token of your service", "operator");
      refused(terminal.startDevice(), 403, "sign_in_off");
      CaAnswer page =
          services.client().get("/login/AAAAAAAAAAAAAAAAAAAAAA", Map.of("Accept", "text/html"));
      assertThat(page.status()).isEqualTo(404);
      assertThat(Jsoup.parse(page.body()).select("form, button")).isEmpty();
      services.checkInvariants();
    }
  }

  private static Terminal started() throws Exception {
    Terminal terminal = Terminal.of(ca);
    CaAnswer answer = terminal.start();
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return terminal;
  }

  private static Terminal boundTo(String person) throws Exception {
    Terminal terminal = started();
    Tab tab = new Tab(ca);
    String proof = tab.allow(terminal, tab.consentPage(terminal, person));
    CaAnswer bound = terminal.bind(Optional.of(proof));
    assertThat(bound.status()).as(bound.body()).isEqualTo(200);
    return terminal;
  }

  /** Refused with one of these codes; 0 stands for any status of a refusal. */
  private static void refused(CaAnswer answer, int status, String... codes) {
    assertThat(answer.code()).as(answer.body()).isIn((Object[]) codes);
    assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
    if (status != 0) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }
  }
}
