package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Registration;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in to the console and out of it, and who tries to do so in another's place. */
final class ConsoleSignInTest {
  private static final String SESSION = "__Host-daypass-console";
  private static final String TRIP = "__Host-daypass-trip";

  private RunningServer server;
  private ConsoleBrowser browser;

  @BeforeEach
  void start() throws IOException {
    server = RunningServer.start();
    server.backend.auditor = true;
    browser = new ConsoleBrowser(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void strangersAreLedToTheGatewayAndBack() throws IOException {
    Answer led = browser.get("/console/?person=alice");
    assertThat(led.status()).isEqualTo(303);
    assertThat(led.header("location"))
        .isEqualTo("/console/sign-in?next=%2Fconsole%2F%3Fperson%3Dalice");
    Document gateway = browser.page(led.header("location"));
    assertThat(gateway.select("button[name=provider]").eachAttr("value"))
        .containsExactly("okta", "other");
    assertThat(gateway.expectFirst("input[name=next]").attr("value"))
        .isEqualTo("/console/?person=alice");
    Answer back = browser.signIn("/console/?person=alice");
    assertThat(back.header("refresh")).isEqualTo("0; url=/console/?person=alice");
    assertThat(browser.page("/console/").expectFirst("header bdi").text()).isEqualTo("alice");
  }

  @Test
  void theCookiesBelongToThisHostAlone() throws IOException {
    Answer going = browser.post("/console/sign-in", Map.of("provider", "okta", "next", ""));
    assertThat(going.header("refresh")).startsWith("0; url=https://idp.example.com/authorize");
    assertThat(going.header("set-cookie"))
        .matches(
            "__Host-daypass-trip=[\\w.-]+; Max-Age=600; Path=/; HttpOnly; SameSite=Lax; Secure");
    Answer back =
        browser.get(
            "/callback/okta?code=c&state=" + server.backend.console.begun.getLast().state());
    assertThat(back.header("set-cookie"))
        .contains("__Host-daypass-console=", "Max-Age=3600; Path=/; HttpOnly; SameSite=Lax; Secure")
        .contains("__Host-daypass-trip=; Max-Age=0");
    assertThat(browser.cookies.keySet()).containsExactly(SESSION);
  }

  @Test
  void everyTripHasSecretsOfItsOwn() throws IOException {
    for (String provider : List.of("okta", "okta", "other")) {
      var _ = browser.post("/console/sign-in", Map.of("provider", provider, "next", ""));
    }
    List<String> all =
        server.backend.console.begun.stream()
            .flatMap(each ->
                java.util.stream.Stream.of(each.state(), each.oidcNonce(), each.codeVerifier()))
            .toList();
    assertThat(all).hasSize(9).doesNotHaveDuplicates();
    assertThat(all).allMatch(secret -> secret.length() >= 43);
  }

  /** RFC 9700 section 4.7: another's callback, code or state does nothing in this browser. */
  @Test
  void aSignInThatThisBrowserDidNotBeginIsRefused() throws IOException {
    ConsoleBrowser thief = new ConsoleBrowser(server);
    var _ = thief.post("/console/sign-in", Map.of("provider", "okta", "next", ""));
    String theirs = server.backend.console.begun.getLast().state();
    assertThat(browser.get("/callback/okta?code=c&state=" + theirs).status()).isEqualTo(400);
    var _ = browser.post("/console/sign-in", Map.of("provider", "okta", "next", ""));
    String own = server.backend.console.begun.getLast().state();
    for (String target :
        List.of(
            "/callback/okta?code=c&state=" + theirs,
            "/callback/other?code=c&state=" + own,
            "/callback/okta?code=c&state=console.",
            "/callback/okta?code=c&state=" + own + "a")) {
      assertThat(browser.get(target).status()).as(target).isEqualTo(400);
    }
    assertThat(server.backend.console.finished).isEmpty();
    assertThat(browser.cookies).containsOnlyKeys(TRIP);
  }

  /** Session fixation: what a browser had before it signed in opens nothing afterwards. */
  @Test
  void theSessionIsNewAfterEachSignIn() throws IOException {
    String planted = LoginSecret.random(new Random(9)).text();
    browser.cookies.put(SESSION, planted);
    var _ = browser.signIn("/console/");
    String first = browser.cookies.get(SESSION);
    assertThat(first).isNotEqualTo(planted);
    var _ = browser.signIn("/console/");
    assertThat(browser.cookies.get(SESSION)).isNotEqualTo(first);
    for (String old : List.of(planted, java.util.Objects.requireNonNull(first))) {
      ConsoleBrowser other = new ConsoleBrowser(server);
      other.cookies.put(SESSION, old);
      assertThat(other.get("/console/").status()).isEqualTo(303);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com/",
        "//evil.example.com/",
        "/\\evil.example.com",
        "/console/..//evil.example.com",
        "/console/%0d%0aSet-Cookie: a=b",
        "/console/\r\nSet-Cookie: a=b",
        "/console/; url=https://evil.example.com",
        "/console/sign-in?next=/console/",
        "/login/x",
        "javascript:alert(1)"
      })
  void nobodyIsLedElsewhere(String next) throws IOException {
    Answer back = browser.signIn(next);
    assertThat(back.header("refresh")).isEqualTo("0; url=/console/");
    assertThat(back.header("location")).isEmpty();
    assertThat(browser.cookies).containsOnlyKeys(SESSION);
  }

  @Test
  void nothingBeginsASignInButItsOwnForm() throws IOException {
    String form = "provider=okta&next=%2Fconsole%2F";
    String type = "Content-Type: application/x-www-form-urlencoded";
    assertThat(server.post("/console/sign-in", form, type).status()).isEqualTo(403);
    for (String from : List.of("Origin: https://evil.example.com", "Origin: null")) {
      assertThat(server.post("/console/sign-in", form, type, from).status()).isEqualTo(403);
    }
    assertThat(server.backend.console.begun).isEmpty();
  }

  @Test
  void whoSignsOutIsOut() throws IOException {
    var _ = browser.signIn("/console/");
    String session = java.util.Objects.requireNonNull(browser.cookies.get(SESSION));
    Document ledger = browser.page("/console/");
    String csrf = ledger.expectFirst("form.leave input[name=csrf]").attr("value");
    assertThat(browser.post("/console/sign-out", Map.of("csrf", csrf + "x")).status())
        .isEqualTo(403);
    Answer left = browser.post("/console/sign-out", Map.of("csrf", csrf));
    assertThat(ConsoleBrowser.read(left).expectFirst("h1").text()).isEqualTo("You are signed out");
    assertThat(browser.cookies).isEmpty();
    browser.cookies.put(SESSION, session);
    assertThat(browser.get("/console/").status()).isEqualTo(303);
  }

  @Test
  void anIdentityThatIsNotAdmittedIsToldAndWrittenDown() throws IOException {
    server.backend.console.result =
        new SignInResult.Refused(
            "email_not_verified",
            "The address is not verified.",
            "Verify it.",
            Optional.of(FakeBackend.ALICE.id()));
    Answer refused = browser.signIn("/console/");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("The address is not verified.", "42");
    assertThat(server.backend.notAdmitted).containsExactly(FakeBackend.ALICE.id());
    server.backend.console.result = new SignInResult.Denied("access_denied");
    assertThat(browser.signIn("/console/").status()).isEqualTo(403);
    server.backend.console.result = new SignInResult.Unavailable("It is away.");
    assertThat(browser.signIn("/console/").status()).isEqualTo(503);
    assertThat(browser.cookies).containsOnlyKeys(TRIP);
  }

  /** A username in the export's entry must be one identity's. */
  @Test
  void aUsernameOfAnotherIsRefused() throws IOException {
    server.backend.console.registration =
        new Registration.UsernameTaken(FakeBackend.ALICE.username());
    assertThat(browser.signIn("/console/").status()).isEqualTo(403);
    assertThat(server.backend.recorded.getLast().code()).isEqualTo("username_taken");
    server.backend.console.registration = new Registration.Unavailable();
    assertThat(browser.signIn("/console/").status()).isEqualTo(503);
  }

  @Test
  void noRefreshTokenIsKept() throws IOException {
    server.backend.console.result =
        new SignInResult.SignedIn(FakeBackend.ALICE, Optional.of(RefreshToken.of("refresh-1")));
    var _ = browser.signIn("/console/");
    assertThat(server.backend.console.finished).contains("given back");
  }

  @Test
  void whoLacksTheDutyIsToldWhatIsMissing() throws IOException {
    server.backend.auditor = false;
    var _ = browser.signIn("/console/");
    Answer refused = browser.get("/console/");
    assertThat(refused.status()).isEqualTo(403);
    Document page = ConsoleBrowser.read(refused);
    assertThat(page.text()).contains("duties: auditor", "alice", "41");
    assertThat(page.select("nav a").eachText()).containsExactly("Yours");
    assertThat(server.backend.recorded.getLast().code()).isEqualTo("auditor_required");
    server.backend.auditor = true;
    assertThat(browser.get("/console/").status()).as("asked afresh").isEqualTo(200);
    server.backend.auditor = false;
    Map<String, String> export = Map.of("csrf", "x", "format", "csv");
    assertThat(browser.post("/console/export", export).status()).isEqualTo(403);
    assertThat(server.backend.reader.exports).isEmpty();
  }
}
