package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.ledger.count.CountSum;
import dev.daypass.ledger.count.Counts;
import dev.daypass.ledger.count.Lasting;
import dev.daypass.login.LoginId;
import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.policy.Policy;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.RawHttp.Answer;
import dev.daypass.web.login.History;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People, roles, servers, charts and everybody's own page as a browser gets them. */
final class ConsolePagesTest {
  private static final List<String> AUDITORS =
      List.of(
          "/console/",
          "/console/entries/1",
          "/console/people",
          "/console/person?name=alice",
          "/console/roles",
          "/console/roles/prod",
          "/console/servers",
          "/console/servers/db-1",
          "/console/charts");

  private RunningServer server;
  private ConsoleBrowser browser;

  @BeforeEach
  void start() throws IOException {
    server = RunningServer.start();
    server.backend.auditor = true;
    server.backend.console.policy =
        new Policy(
            Bytes.ofUtf8("policy").sha256(),
            Map.of(IssuedSample.ROLE.name(), IssuedSample.ROLE),
            Map.of(),
            Map.of());
    browser = new ConsoleBrowser(server);
    var _ = browser.signIn("/console/");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void noPageForAuditorsIsForAnybodyElse() throws IOException {
    server.backend.auditor = false;
    for (String path : AUDITORS) {
      assertThat(browser.get(path).status()).as(path).isEqualTo(403);
      assertThat(new ConsoleBrowser(server).get(path).status()).as(path).isEqualTo(303);
    }
    assertThat(server.backend.reader.asked).isEmpty();
    assertThat(server.backend.recorded)
        .hasSameSizeAs(AUDITORS)
        .allMatch(reason -> reason.code().equals("auditor_required"));
  }

  @Test
  void namesTurnTheirPages() throws IOException {
    server.backend.console.usernames =
        IntStream.range(0, 201).mapToObj("person-%03d"::formatted).toList();
    Document first = browser.page("/console/people");
    assertThat(first.select("tbody tr")).hasSize(200);
    String more = first.expectFirst(".more a").attr("href");
    assertThat(more).isEqualTo("/console/people?from=person-200");
    assertThat(browser.page(more).select("tbody th").eachText()).containsExactly("person-200");
  }

  @Test
  void aPersonsPageHasWhatTheyHold() throws IOException {
    server.backend.logins.others = List.of(FakeLogins.view(FakeLogins.ID, "alice-laptop"));
    Document page = browser.page("/console/person?name=alice");
    assertThat(page.text()).contains("https://idp.example.com", "alice-1", "alice-laptop");
    assertThat(server.backend.reader.asked.getLast().identity())
        .as("found by the index")
        .contains("https://idp.example.com\nalice-1");
    assertThat(browser.get("/console/person?name=nobody").status()).isEqualTo(404);
    assertThat(browser.get("/console/person").status()).isEqualTo(404);
  }

  @Test
  void aRolesPageHasItsRules() throws IOException {
    String name = IssuedSample.ROLE.name().text();
    assertThat(browser.page("/console/roles").select("tbody th").eachText()).containsExactly(name);
    Document page = browser.page("/console/roles/" + name);
    assertThat(page.text()).contains(IssuedSample.ROLE.description(), "What it is");
    assertThat(server.backend.reader.asked.getLast().role()).contains(name);
    for (String missing : List.of("gone", "Not-a-role", "x_")) {
      assertThat(browser.get("/console/roles/" + missing).status()).isEqualTo(404);
    }
  }

  @Test
  void aServersPageHasWhoWasThere() throws IOException {
    JoinedHost host =
        new JoinedHost(
            new HostName("db-1.example.com"),
            Map.of("tier", "db"),
            FakeBackend.key(),
            ServerMode.PROOF,
            RunningServer.NOW,
            new EntryNumber(3),
            new EntryNumber(3));
    server.backend.console.servers = List.of(host);
    assertThat(browser.page("/console/servers").select("tbody tr").text())
        .startsWith("db-1.example.com tier=db proof");
    Document page = browser.page("/console/servers/db-1.example.com");
    assertThat(page.text()).contains("refuses what is not in the ledger", "Sessions");
    assertThat(server.backend.reader.asked)
        .anyMatch(asked -> asked.server().filter("db-1.example.com"::equals).isPresent());
    assertThat(browser.page("/console/servers/gone.example.com").text())
        .contains("has not joined, or has left");
    assertThat(browser.get("/console/servers/NOT-A-NAME").status()).isEqualTo(404);
  }

  @Test
  void chartsHaveATableBesideEachPicture() throws IOException {
    Document page = browser.page("/console/charts");
    assertThat(page.select(".columns")).hasSize(4);
    assertThat(page.select(".columns details table tbody")).hasSize(4);
    assertThat(page.select("svg:not([aria-hidden=true])")).isEmpty();
    assertThat(page.text()).contains("Roles never used Role Description");
    Document week = browser.page("/console/charts?days=7");
    assertThat(week.expectFirst(".columns").select("tbody tr")).hasSize(7);
    assertThat(browser.get("/console/charts?days=100000").status()).isEqualTo(400);
  }

  @Test
  void chartsShowWhatWasCountedAndSayWhatIsMissing() throws IOException {
    LocalDate today = FakeConsoleSources.TODAY;
    server.backend.console.counts =
        days -> {
          CountSum sum = new CountSum(today.minusDays(days - 1L), today);
          sum.grants(today, 1234);
          sum.ofRole("prod-db-debug", 1200);
          sum.ofRole(Counts.ERASED, 34);
          sum.inHour(1, 1234);
          sum.refusals(today.minusDays(1), 5);
          sum.lasting(new Lasting(Duration.ofSeconds(3599), 77, Optional.of("prod-db-debug")));
          sum.lasting(new Lasting(Duration.ofMinutes(5), 78, Optional.empty()));
          return sum.counts(days == 7 ? 250_000 : 0);
        };
    Document page = browser.page("/console/charts");
    assertThat(page.text()).contains("Granted 1,234", "Refused 5", "Alarms none", "60 min");
    assertThat(page.text()).doesNotContain("Still counting");
    assertThat(page.select(".bars a[href=/console/roles/prod-db-debug]")).hasSize(1);
    assertThat(page.select(".bars a")).as("what was erased leads nowhere").hasSize(1);
    assertThat(page.select("main a[href=/console/entries/77]")).hasSize(1);
    assertThat(browser.page("/console/charts?days=7").text())
        .contains("Still counting: the newest 250,000 entries are not in it yet.");
    assertThat(browser.page("/console/roles").select("tbody td").eachText()).contains("1,200");
  }

  @Test
  void everybodyHasAPageOfTheirOwn() throws IOException {
    server.backend.auditor = false;
    server.backend.logins.others = List.of(FakeLogins.view(FakeLogins.ID, "alice-laptop"));
    server.backend.history =
        (_, _) ->
            List.of(
                new History.Line(
                    new EntryNumber(5),
                    RunningServer.NOW,
                    "login.opened",
                    "opened",
                    Map.of("key", "SHA256:abc", "hostname", "<b>laptop</b>")));
    Document page = browser.page("/console/me");
    assertThat(page.text()).contains("alice-laptop", "SHA256:abc", "<b>laptop</b>");
    assertThat(page.select("main a").eachAttr("href"))
        .containsOnly("/console/me/login?id=" + FakeLogins.ID, "/console/me/lost");
    assertThat(server.backend.recorded).as("nobody is refused their own").isEmpty();
  }

  @Test
  void oneLoginIsEndedByItsOwnerAlone() throws IOException {
    server.backend.auditor = false;
    String path = "/console/me/login?id=" + FakeLogins.ID;
    String another = "/console/me/login?id=" + LoginId.random(new Random(99));
    for (String other : List.of(another, "/console/me/login", "/console/me/login?id=x")) {
      assertThat(browser.get(other).status()).as(other).isEqualTo(404);
    }
    server.backend.logins.hostname = "<i>laptop";
    Document question = browser.page(path);
    assertThat(question.text()).contains("<i>laptop", "Your other logins go on");
    assertThat(question.expectFirst("main form").attr("action")).isEqualTo(path);
    assertThat(browser.post(path, Map.of("csrf", "x")).status()).isEqualTo(403);
    assertThat(server.backend.logins.asked).noneMatch(asked -> asked.startsWith("end"));

    String csrf = question.expectFirst("main input[name=csrf]").attr("value");
    Answer done = browser.post(path, Map.of("csrf", csrf));
    assertThat(ConsoleBrowser.read(done).text()).contains("has ended", "<i>laptop", "Revoked 2");
    assertThat(server.backend.logins.asked)
        .filteredOn(asked -> asked.startsWith("end"))
        .singleElement()
        .asString()
        .contains(FakeLogins.ID.text(), "Owner");
    server.backend.logins.end = new LoginRefused(LoginFault.UNAVAILABLE, "Not now.", "Try again.");
    assertThat(browser.post(path, Map.of("csrf", csrf)).status()).isEqualTo(503);
    assertThat(browser.post(another, Map.of("csrf", csrf)).status()).isEqualTo(404);
  }

  @Test
  void oneScriptRunsAndOnlyInTheConsole() throws IOException {
    Answer page = browser.get("/console/me");
    assertThat(page.header("content-security-policy"))
        .contains("script-src 'self'; require-trusted-types-for 'script'; ");
    String source = ConsoleBrowser.read(page).expectFirst("script").attr("src");
    Answer script = browser.get(source);
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.header("content-type")).startsWith("text/javascript");
    assertThat(script.header("cache-control")).contains("immutable");
    assertThat(script.body())
        .contains("navigator.clipboard")
        .doesNotContain("innerHTML", "eval", "fetch", "XMLHttpRequest", "import", "http");
    assertThat(browser.get("/script/0123456789abcdef").status()).isEqualTo(404);
    for (String login : List.of("/login/" + FakeLogins.ID, "/console/sign-in")) {
      Answer plain = new ConsoleBrowser(server).get(login);
      assertThat(plain.header("content-security-policy")).as(login).doesNotContain("script-src");
      assertThat(plain.body()).as(login).doesNotContain("<script");
    }
  }

  @Test
  void aLostLaptopIsEndedByAFormAlone() throws IOException {
    server.backend.auditor = false;
    Document question = browser.page("/console/me/lost");
    assertThat(question.expectFirst("form[action=/console/me/lost]").attr("method"))
        .isEqualTo("post");
    assertThat(server.backend.logins.asked).noneMatch(asked -> asked.startsWith("end"));
    assertThat(browser.post("/console/me/lost", Map.of("csrf", "x")).status()).isEqualTo(403);
    assertThat(server.backend.logins.asked).noneMatch(asked -> asked.startsWith("end"));
    String csrf = question.expectFirst("main input[name=csrf]").attr("value");
    Answer done = browser.post("/console/me/lost", Map.of("csrf", csrf));
    assertThat(ConsoleBrowser.read(done).text()).contains("Logins 1", "Revoked 2");
    assertThat(server.backend.logins.asked).anyMatch(asked -> asked.startsWith("end"));
    server.backend.logins.end = new LoginRefused(LoginFault.UNAVAILABLE, "Not now.", "Try again.");
    assertThat(browser.post("/console/me/lost", Map.of("csrf", csrf)).status()).isEqualTo(503);
  }
}
