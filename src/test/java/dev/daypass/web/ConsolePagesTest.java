package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.policy.Policy;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.RawHttp.Answer;
import dev.daypass.web.login.History;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
    assertThat(page.select("main a").eachAttr("href")).containsExactly("/console/me/lost");
    assertThat(server.backend.recorded).as("nobody is refused their own").isEmpty();
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
