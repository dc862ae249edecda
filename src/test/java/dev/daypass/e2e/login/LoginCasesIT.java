package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.provider.OidcProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** CASES 67 to 69, 71, 74 and 75 with a real browser: who would log in as somebody else. */
final class LoginCasesIT {
  private static final Parts PARTS = new Parts();

  private static LoginScene scene;

  @BeforeAll
  static void start() throws Exception {
    OidcProvider provider = PARTS.started(OidcProvider.start());
    scene = PARTS.started(LoginScene.lasting(provider));
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @AfterEach
  void holds() {
    scene.ca().checkInvariants();
  }

  /** CASES 74: the victim does all that a page asks for, and the stranger still has nothing. */
  @Test
  void aStrangersLoginBindsNothingWhateverTheVictimClicks() throws Exception {
    Terminal stranger = started();
    try (BrowserContext victim = scene.chromium().context()) {
      LoginTrip trip = scene.trip(victim).signIn(stranger.url(), "alice").allow();
      assertThat(trip.finishButton().isVisible()).isTrue();
      assertThat(stranger.state()).isEqualTo("consented");
      refused(stranger.bind(Optional.empty()), 401, "proof_invalid");
      refused(stranger.bind(Optional.of(stranger.secret())), 401, "proof_invalid");
      refused(stranger.certificate(), 401, "login_required");
    }
  }

  /** CASES 74: no code to phish for unless an operator allowed it, and then not from anywhere. */
  @Test
  void deviceModeIsOffUnlessConfiguredAndOnlyFromThere() throws Exception {
    try (TestCa usual = TestCa.with().identity(LoginPortIT.IDENTITY).start();
        TestCa elsewhere =
            TestCa.with()
                .identity(LoginPortIT.IDENTITY)
                .login("device: { networks: [10.0.0.0/8] }\n")
                .start()) {
      refused(Terminal.of(usual).startDevice(), 403, "device_mode_off");
      refused(Terminal.of(elsewhere).startDevice(), 403, "device_mode_refused");
    }
  }

  /** CASES 69: five guesses, whoever makes them; then not even the right code helps. */
  @Test
  void guessesAtTheCodeLockTheLogin() throws Exception {
    Terminal terminal = Terminal.of(scene.ca());
    assertThat(terminal.startDevice().status()).isEqualTo(201);
    try (BrowserContext browser = scene.chromium().context()) {
      LoginTrip trip = scene.trip(browser).signIn(terminal.url(), "bob");
      Page page = trip.page();
      assertThat(trip.text()).contains("terminal-of-the-tests", "127.0.0.1", "SHA256:");
      assertThat(page.locator("#code").inputValue()).isEmpty();
      assertThat(page.content()).doesNotContain(terminal.userCode());
      for (int guess = 1; guess <= 5; guess++) {
        page.locator("#code").fill("BBBB-BBBB");
        trip.allow();
      }
      assertThat(page.locator("button[name=answer]").count()).isZero();
      assertThat(trip.text()).contains("code_locked");
      refused(terminal.bind(Optional.empty()), 403, "consent_denied");
    }
  }

  /** CASES 69: the right code of one's own terminal. */
  @Test
  void theTypedCodeLogsInAndOnlyWithTheHelpersSecret() throws Exception {
    Terminal terminal = Terminal.of(scene.ca());
    assertThat(terminal.startDevice().status()).isEqualTo(201);
    try (BrowserContext browser = scene.chromium().context()) {
      LoginTrip trip = scene.trip(browser).signIn(terminal.url(), "alice");
      refused(terminal.bind(Optional.empty()), 403, "consent_missing");
      trip.page().locator("#code").fill(terminal.userCode().toLowerCase(Locale.ROOT));
      trip.allow();
      refused(
          terminal.bind(Optional.empty(), terminal, started().secret()),
          401,
          "helper_secret_invalid");
      assertThat(terminal.bind(Optional.empty()).text("username")).isEqualTo("alice");
      assertThat(terminal.certificate().status()).isEqualTo(201);
    }
  }

  /** CASES 75. */
  @Test
  void aProofServesItsOwnTerminalOnce() throws Exception {
    Terminal terminal = started();
    Terminal thief = started();
    try (BrowserContext browser = scene.chromium().context()) {
      String proof = proof(scene.trip(browser).signIn(terminal.url(), "alice").allow());
      refused(thief.bind(Optional.of(proof)), 403, "consent_missing");
      refused(
          terminal.bind(Optional.of(proof), thief, terminal.secret()), 401, "poll_secret_invalid");
      refused(
          terminal.bind(Optional.of(proof), terminal, thief.secret()),
          401,
          "helper_secret_invalid");
      // Another key that knows all the secrets.
      Terminal copy = Terminal.of(scene.ca());
      CaAnswer copied =
          copy.signed(
              Terminal.LOGIN_NAMESPACE,
              "POST",
              "/v1/logins/" + terminal.login() + "/bind",
              Map.of("secret", terminal.secret(), "proof", proof),
              Map.of("Daypass-Poll", terminal.poll()));
      refused(copied, 401, "key_differs");
      assertThat(terminal.bind(Optional.of(proof)).status()).isEqualTo(200);
      refused(terminal.bind(Optional.of(proof)), 401, "proof_invalid");
      assertThat(terminal.certificate().status()).isEqualTo(201);
    }
  }

  /** CASES 71: a key that is Alice's never becomes Bob's, also after her logout. */
  @Test
  void aBoundKeyNeverMoves() throws Exception {
    Terminal alices = started();
    try (BrowserContext browser = scene.chromium().context()) {
      String proof = proof(scene.trip(browser).signIn(alices.url(), "alice").allow());
      assertThat(alices.bind(Optional.of(proof)).status()).isEqualTo(200);
      assertThat(alices.request("DELETE", "/v1/logins/current", Map.of()).status()).isEqualTo(200);
    }
    Terminal bobs = new Terminal(scene.ca(), alices.key());
    assertThat(bobs.start().status()).isEqualTo(201);
    try (BrowserContext browser = scene.chromium().context()) {
      Page page = browser.newPage();
      var _ = page.navigate(bobs.url());
      scene.provider().signIn(page, "bob");
      page.waitForURL(url -> url.startsWith(scene.ca().client().origin()));
      assertThat(page.locator("main").innerText()).contains("key_in_use");
      refused(bobs.bind(Optional.empty()), 403, "consent_denied");
    }
  }

  /** CASES 68: what the provider sends back counts once, and in the browser that set out. */
  @Test
  void aCallbackBelongsToOneBrowserAndCountsOnce() throws Exception {
    Terminal terminal = started();
    try (BrowserContext alice = scene.chromium().context();
        BrowserContext mallory = scene.chromium().context()) {
      String callback = interceptedCallback(alice, terminal, "alice");
      Page other = mallory.newPage();
      // A browser with a login of its own under way.
      var _ = other.navigate(started().url());
      page400(other.navigate(callback), "sign_in_invalid");
      Page page = alice.newPage();
      // What a stranger tries ends nobody's login.
      assertThat(page.navigate(callback).status()).isEqualTo(200);
      assertThat(page.url()).endsWith("/consent");
      page400(page.navigate(callback), "sign_in_invalid");
    }
  }

  /** CASES 68. */
  @Test
  void aSpoiltCallbackIsRefused() throws Exception {
    for (String spoil :
        List.of(
            "state=[^&]*&?",
            "iss=[^&]*&?",
            "code=[^&]*&?",
            "iss=[^&]*>iss=http%3A%2F%2Fevil",
            "state=[^&]*>state=AAAAAAAAAAAAAAAAAAAAAA",
            "/callback/idp>/callback/other",
            "^(.*)$>$1&state=twice")) {
      Terminal terminal = started();
      try (BrowserContext browser = scene.chromium().context()) {
        String callback = interceptedCallback(browser, terminal, "alice");
        String[] parts = spoil.split(">", 2);
        String spoilt = callback.replaceFirst(parts[0], parts.length > 1 ? parts[1] : "");
        assertThat(spoilt).isNotEqualTo(callback);
        Response answer = browser.newPage().navigate(spoilt);
        assertThat(answer.status()).as(spoil).isBetween(400, 404);
        refused(terminal.bind(Optional.empty()), 0, "consent_missing", "consent_denied");
      }
    }
  }

  /** CASES 68: the provider sends nobody to an address that it was not told. */
  @Test
  void anotherRedirectUriIsRefusedByTheProvider() throws Exception {
    try (BrowserContext browser = scene.chromium().context()) {
      Page page = browser.newPage();
      AtomicReference<String> authorization = new AtomicReference<>("");
      page.onRequest(request -> {
        if (request.url().contains("redirect_uri=")) {
          authorization.set(request.url());
        }
      });
      var _ = page.navigate(started().url());
      page.waitForURL(url -> url.startsWith(scene.provider().issuer()));
      String moved = authorization.get().replace("%2Fcallback%2Fidp", "%2Fcallback%2Fidp2");
      assertThat(moved).isNotEqualTo(authorization.get());
      assertThat(page.navigate(moved).status()).isEqualTo(400);
    }
  }

  /** CASES 67: the same consent, posted by a page of somebody else's. */
  @Test
  void consentIsOnlyTakenFromItsOwnPage() throws Exception {
    Terminal terminal = started();
    try (BrowserContext browser = scene.chromium().context()) {
      LoginTrip trip = scene.trip(browser).signIn(terminal.url(), "alice");
      String csrf = trip.page().locator("input[name=csrf]").inputValue();
      String cookie =
          browser.cookies(scene.ca().client().origin()).stream()
              .map(c -> c.name + "=" + c.value)
              .reduce((a, b) -> a + "; " + b)
              .orElseThrow();
      String consent = "/login/" + terminal.login() + "/consent";
      Map<String, String> form = Map.of("csrf", csrf, "answer", "allow");
      for (Map<String, String> headers :
          List.of(
              Map.of("Origin", "http://127.0.0.1:1"),
              Map.of("Origin", "null"),
              Map.of("Sec-Fetch-Site", "cross-site"),
              Map.of("Sec-Fetch-Site", "same-site"))) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Cookie", cookie);
        CaAnswer answer = terminal.send(Terminal.form("POST", consent, form), all);
        assertThat(answer.status()).as(headers.toString()).isEqualTo(403);
      }
      String origin = scene.ca().client().origin();
      CaAnswer guessed =
          terminal.send(
              Terminal.form("POST", consent, Map.of("csrf", "A".repeat(43), "answer", "allow")),
              Map.of("Cookie", cookie, "Origin", origin));
      assertThat(guessed.status()).isEqualTo(403);
      CaAnswer cookieless =
          terminal.send(Terminal.form("POST", consent, form), Map.of("Origin", origin));
      assertThat(cookieless.status()).isBetween(400, 403);
      assertThat(terminal.state()).isEqualTo("signed_in");
    }
  }

  /** CASES 67: what the browser keeps is out of reach of scripts and other sites. */
  @Test
  void theCookieIsOnlyForThisSite() throws Exception {
    try (BrowserContext browser = scene.chromium().context()) {
      var _ = scene.trip(browser).signIn(started().url(), "alice");
      for (Cookie cookie : browser.cookies(scene.ca().client().origin())) {
        if (cookie.name.contains("daypass")) {
          assertThat(cookie.httpOnly).isTrue();
          assertThat(cookie.sameSite.toString()).isEqualTo("LAX");
          assertThat(cookie.path).isEqualTo("/");
        }
      }
    }
  }

  private static Terminal started() throws Exception {
    Terminal terminal = Terminal.of(scene.ca());
    CaAnswer answer = terminal.start();
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return terminal;
  }

  private static String proof(LoginTrip trip) {
    return trip.page().locator("input[name=proof]").inputValue();
  }

  /** The address that the provider sends this browser to, before the browser goes there. */
  private static String interceptedCallback(
      BrowserContext browser, Terminal terminal, String person) {
    Page page = browser.newPage();
    AtomicReference<String> callback = new AtomicReference<>("");
    // Playwright's own routes do not see where a redirect leads.
    CDPSession session = browser.newCDPSession(page);
    session.on(
        "Fetch.requestPaused",
        event -> {
          callback.set(event.getAsJsonObject("request").get("url").getAsString());
          JsonObject refusal = new JsonObject();
          refusal.add("requestId", event.get("requestId"));
          refusal.addProperty("errorReason", "BlockedByClient");
          var _ = session.send("Fetch.failRequest", refusal);
        });
    JsonObject pattern = new JsonObject();
    pattern.addProperty("urlPattern", "*/callback/*");
    JsonArray patterns = new JsonArray();
    patterns.add(pattern);
    JsonObject enable = new JsonObject();
    enable.add("patterns", patterns);
    var _ = session.send("Fetch.enable", enable);
    var _ = page.navigate(terminal.url());
    scene.provider().signIn(page, person);
    page.waitForCondition(() -> !callback.get().isEmpty());
    return callback.get();
  }

  private static void page400(Response answer, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text()).contains(code);
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
