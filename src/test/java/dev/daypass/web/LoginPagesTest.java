package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.outcome.ConsentOutcome;
import dev.daypass.login.provider.SignInProvider;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of a login as a browser gets them; each is parsed, and checked for accessibility. */
final class LoginPagesTest {
  private static final String PATH = "/login/" + FakeLogins.ID.text();
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String OURS = "Origin: " + RunningServer.ORIGIN;
  private static final String HTML = "Accept: text/html";
  private static final String RENEWED = "Cookie: __Host-daypass=" + FakeLogins.RENEWED.text();
  private static final String BROWSER = "Cookie: __Host-daypass=" + FakeLogins.BROWSER.text();
  private static final String ALLOW = "csrf=" + FakeLogins.CSRF.text() + "&answer=allow";

  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    server = RunningServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void goesToTheOnlyProviderAtOnce() throws IOException {
    Answer answer = server.get(PATH, HTML, "Sec-Fetch-Dest: document");
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location"))
        .isEqualTo("https://idp.example.com/authorize?a=1&state=s%26t");
    assertThat(answer.header("set-cookie"))
        .isEqualTo(
            "__Host-daypass=%s; Max-Age=600; Path=/; HttpOnly; SameSite=Lax; Secure"
                .formatted(FakeLogins.BROWSER.text()));
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Sec-Fetch-Dest: image", "Sec-Fetch-Dest: iframe", "Sec-Purpose: prefetch"})
  void beginsNothingForAPageThatIsLoadedInPassing(String header) throws IOException {
    assertThat(server.get(PATH, HTML, header).status()).isEqualTo(403);
    assertThat(server.backend.logins.asked).isEmpty();
  }

  @Test
  void aLookAtTheHeadBeginsNothing() throws IOException {
    for (String path : List.of(PATH, "/callback/okta?state=s&code=c")) {
      String head = RunningServer.request("HEAD", path, "", BROWSER);
      try (var socket = server.raw().open()) {
        socket.getOutputStream().write(head.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(
                new String(
                    socket.getInputStream().readAllBytes(),
                    java.nio.charset.StandardCharsets.US_ASCII))
            .startsWith("HTTP/1.1 405 ");
      }
    }
    assertThat(server.backend.logins.asked).isEmpty();
  }

  @Test
  void letsOneOfSeveralProvidersBeChosen() throws IOException {
    server.backend.logins.providers =
        List.of(new SignInProvider("okta", "Okta"), new SignInProvider("google", "Google"));
    Document page = page(server.get(PATH, HTML), "'self'", "same-origin");
    assertThat(page.select("form[method=post] button[name=provider]").eachAttr("value"))
        .containsExactly("okta", "google");
    String action = page.expectFirst("form").attr("action");
    Answer chosen = server.post(action, "provider=google", FORM, OURS);
    Document going = page(chosen, "'none'", "no-referrer");
    assertThat(chosen.header("refresh"))
        .isEqualTo("0; url=https://idp.example.com/authorize?a=1&state=s%26t");
    assertThat(going.expectFirst("main a").attr("href"))
        .isEqualTo("https://idp.example.com/authorize?a=1&state=s%26t");
    assertThat(chosen.header("set-cookie")).startsWith("__Host-daypass=");
  }

  @Test
  void theCallbackRenewsTheSession() throws IOException {
    Answer answer = server.get("/callback/okta?code=c&state=s&session_state=x", HTML, BROWSER);
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).isEqualTo(PATH + "/consent");
    assertThat(answer.header("set-cookie"))
        .startsWith("__Host-daypass=" + FakeLogins.RENEWED.text() + ";");
  }

  /** A provider with a form of its own redirects from it, and some browsers keep its Origin. */
  @ParameterizedTest
  @ValueSource(strings = {"Origin: null", "Origin: https://idp.example.com"})
  void theWayBackFromASignInMayHaveTheProvidersOrigin(String header) throws IOException {
    Answer back = server.get("/callback/okta?code=c&state=s", HTML, BROWSER, header);
    assertThat(back.status()).isEqualTo(303);
    assertThat(server.get(PATH + "/consent", HTML, RENEWED, header).status()).isEqualTo(200);
    assertThat(server.get(PATH, HTML, header).status()).isEqualTo(403);
    assertThat(server.get("/callback/okta?code=c&state=s", HTML, header).status()).isEqualTo(400);
  }

  /** CASES 67, to somebody who came with a browser. */
  @Test
  void whatTheGuardRefusesIsAPageForABrowser() throws IOException {
    String request = RunningServer.request("GET", "/login/x", "", "Accept: text/html,*/*;q=0.8");
    Answer host = server.raw().send(request.replace("ca.example.com", "evil.example"));
    assertThat(host.status()).isEqualTo(403);
    assertThat(page(host, "'none'", "no-referrer").text())
        .contains("host_mismatch", RunningServer.ORIGIN, host.header("daypass-request-id"));
    Answer origin = server.post(PATH + "/consent", ALLOW, FORM, HTML, "Origin: null", RENEWED);
    assertThat(origin.status()).isEqualTo(403);
    assertThat(page(origin, "'none'", "no-referrer").expectFirst("h1").text())
        .isEqualTo("This did not come from our page");
    Answer path = server.get("/login//x", HTML);
    assertThat(path.status()).isEqualTo(400);
    assertThat(page(path, "'none'", "no-referrer").text()).contains("bad_request");
  }

  /** CASES 68. */
  @ParameterizedTest
  @ValueSource(strings = {"?code=c&state=other", "?code=c&state=s&state=s", "?state=%zz", ""})
  void aCallbackThatIsNotThisBrowsersIs400(String query) throws IOException {
    Answer answer = server.get("/callback/okta" + query, HTML, BROWSER);
    assertThat(answer.status()).isEqualTo(400);
    page(answer, "'none'", "no-referrer");
  }

  @Test
  void aCallbackWithoutOrWithTwoSessionsIs400() throws IOException {
    String query = "/callback/okta?code=c&state=s";
    assertThat(server.get(query, HTML).status()).isEqualTo(400);
    assertThat(server.get(query, HTML, BROWSER + "; __Host-daypass=x").status()).isEqualTo(400);
  }

  @Test
  void showsWhatIsAboutToBeBound() throws IOException {
    LoginId other = LoginId.random(new Random(9));
    server.backend.logins.others = List.of(FakeLogins.view(other, "desk"));
    Document page = page(server.get(PATH + "/consent", HTML, RENEWED), "'self'", "same-origin");
    assertThat(page.select("dl.facts dd").eachText())
        .satisfiesExactly(
            you -> assertThat(you).isEqualTo("alice signed in at Okta"),
            host -> assertThat(host).startsWith("alice-laptop as it calls itself"),
            address -> assertThat(address).isEqualTo("10.20.30.40 the same as this browser's"),
            key -> assertThat(key).startsWith(FakeBackend.key().fingerprint().toString()),
            may -> assertThat(may).startsWith("get SSH certificates"));
    assertThat(page.select("table tbody tr").eachText())
        .containsExactly("desk 10.20.30.40 3 hours ago 20 Nov, 22:13 UTC 7 hours left 08:13 UTC");
    assertThat(page.select("button[name=answer]").eachAttr("value"))
        .containsExactly("allow", "refuse");
    assertThat(page.select("input[type=text]")).isEmpty();
  }

  @Test
  void aStrangersNameIsHarmless() throws IOException {
    server.backend.logins.hostname = "<b>x</b>\u202egnp\u0007\"'&amp;\ud83d\ude00";
    server.backend.logins.browserAddress = IpAddress.parse("2001:db8::7").orElseThrow();
    Answer answer = server.get(PATH + "/consent", HTML, RENEWED);
    Document page = page(answer, "'self'", "same-origin");
    assertThat(page.select("bdi").get(1).text())
        .isEqualTo("<b>x</b>\\u{202e}gnp\\u{7}\"'&amp;\ud83d\ude00");
    assertThat(answer.body()).doesNotContain("<b>", "\u202e", "\u0007");
    assertThat(page.text()).contains("not this browser's, which is 2001:db8::7");
  }

  @Test
  void theCodeIsTypedByHand() throws IOException {
    server.backend.logins.mode = LoginMode.DEVICE;
    server.backend.logins.consent = new ConsentOutcome.WrongCode(1);
    Answer answer = server.post(PATH + "/consent", ALLOW + "&code=abcd", FORM, OURS, RENEWED, HTML);
    assertThat(answer.status()).isEqualTo(422);
    Document page = page(answer, "'self'", "same-origin");
    Element code = page.expectFirst("input[name=code]");
    assertThat(code.hasAttr("value")).isFalse();
    assertThat(code.attr("autocomplete")).isEqualTo("off");
    assertThat(page.expectFirst("[role=alert]").text()).contains("One try is left");
    assertThat(server.backend.logins.asked).containsExactly("consent true code abcd");
  }

  @Test
  void theFinishGoesToTheTerminalsListenerAlone() throws IOException {
    Answer answer = server.post(PATH + "/consent", ALLOW, FORM, OURS, RENEWED, HTML);
    // Only this policy sends the true Origin from https to a listener without TLS.
    Document page = page(answer, "http://127.0.0.1:40123", "origin");
    Element form = page.expectFirst("form");
    assertThat(form.attr("action")).isEqualTo("http://127.0.0.1:40123/");
    assertThat(form.select("input").eachAttr("name")).containsExactly("proof");
    assertThat(form.select("input").eachAttr("value")).containsExactly(FakeLogins.PROOF.text());
    assertThat(form.select("button").eachText()).containsExactly("Finish in the terminal");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.header("set-cookie")).startsWith("__Host-daypass=; Max-Age=0;");
  }

  @Test
  void saysHowItEnded() throws IOException {
    server.backend.logins.consent = new ConsentOutcome.Done();
    Answer done = server.post(PATH + "/consent", ALLOW, FORM, OURS, RENEWED, HTML);
    assertThat(page(done, "'none'", "no-referrer").expectFirst("h1").text()).isEqualTo("Done");
    String refuse = ALLOW.replace("allow", "refuse");
    Answer denied = server.post(PATH + "/consent", refuse, FORM, OURS, RENEWED, HTML);
    assertThat(page(denied, "'none'", "no-referrer").expectFirst("h1").text()).isEqualTo("Refused");
  }

  /** CASES 67. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example",
        "Origin: null",
        "X: no Origin",
        "Origin: https://ca.example.com:8443\r\nSec-Fetch-Site: cross-site",
        "Origin: https://ca.example.com:8443\r\nOrigin: https://ca.example.com:8443"
      })
  void aFormFromElsewhereIsRefused(String header) throws IOException {
    server.backend.logins.providers =
        List.of(new SignInProvider("okta", "Okta"), new SignInProvider("google", "Google"));
    assertThat(server.post(PATH + "/consent", ALLOW, FORM, header, RENEWED).status())
        .isEqualTo(403);
    assertThat(server.post(PATH + "/sign-in", "provider=okta", FORM, header).status())
        .isEqualTo(403);
    assertThat(server.backend.logins.asked).isEmpty();
  }

  @Test
  void aFormWithoutThePagesTokenIsRefused() throws IOException {
    Answer answer = server.post(PATH + "/consent", "csrf=x&answer=allow", FORM, OURS, RENEWED);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(server.post(PATH + "/consent", ALLOW, FORM, OURS).code())
        .isEqualTo("session_missing");
    assertThat(
            server.post(PATH + "/consent", ALLOW.replace("allow", "x"), FORM, OURS, RENEWED).code())
        .isEqualTo("answer_unknown");
  }

  @Test
  void aLoginThatIsGoneIsExplained() throws IOException {
    Answer answer = server.get("/login/AAAAAAAAAAAAAAAAAAAAAA", HTML);
    assertThat(answer.status()).isEqualTo(404);
    Document page = page(answer, "'none'", "no-referrer");
    assertThat(page.expectFirst("h1").text()).isEqualTo("This login is no longer open");
    assertThat(page.text()).contains("daypass login", answer.header("daypass-request-id"));
    assertThat(server.get("/login/AAAAAAAAAAAAAAAAAAAAAA").code()).isEqualTo("login_unknown");
    page(server.get("/nothing", HTML), "'none'", "no-referrer");
  }

  @Test
  void theStylesheetIsKeptForEver() throws IOException {
    Document page = page(server.get("/login/none", HTML), "'none'", "no-referrer");
    String path = page.expectFirst("link[rel=stylesheet]").attr("href");
    Answer style = server.get(path);
    assertThat(style.header("content-type")).isEqualTo("text/css;charset=utf-8");
    assertThat(style.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(style.body().length()).isLessThan(20_000);
    assertThat(server.get("/style/0000000000000000").status()).isEqualTo(404);
  }

  /** What every page has: its policy, nothing foreign or running, and what readers need. */
  private static Document page(Answer answer, String formAction, String referrer) {
    assertThat(answer.header("content-type")).isEqualTo("text/html;charset=utf-8");
    assertThat(answer.header("content-security-policy"))
        .isEqualTo(
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action "
                + formAction
                + "; frame-ancestors 'none'");
    assertThat(answer.header("referrer-policy")).isEqualTo(referrer);
    Document page = Jsoup.parse(answer.body());
    assertThat(page.select("script, [style], [onclick], img, iframe")).isEmpty();
    PageReader.check(page);
    return page;
  }
}
