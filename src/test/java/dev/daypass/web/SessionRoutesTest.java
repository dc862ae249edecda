package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Serial;
import dev.daypass.fleet.session.SessionEvent;
import dev.daypass.fleet.session.SessionOutcome;
import dev.daypass.fleet.session.SessionReport;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** POST /v1/sessions over the wire; each answer keeps openapi.yaml. */
final class SessionRoutesTest {
  private static final String SIGNED = "Authorization: SSHSIG v=1,t=1,n=x,s=y";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String GOOD =
      "event=opened&session=0123456789abcdef&serial=18446744073709551615"
          + "&at=2026-11-21T14%3A00%3A00Z";

  private RunningServer server;
  private FakeServers servers;

  @BeforeEach
  void start() throws IOException {
    server = RunningServer.start();
    servers = server.backend.servers;
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void takesAReportAndAnswersItsEntryAndAlarms() throws IOException {
    Answer answer = post(GOOD + "&account=db-debug&key_id=alice%20role%3Dx", "Accept: text/plain");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("entry: 9\nalarms: never_granted\n");
    assertThat(servers.reports)
        .containsExactly(
            new SessionReport(
                SessionEvent.OPENED,
                "0123456789abcdef",
                new Serial(-1),
                Optional.empty(),
                Instant.parse("2026-11-21T14:00:00Z"),
                Map.of("account", "db-debug", "key_id", "alice role=x")));
    assertThat(server.backend.namespaces).containsOnly("host-request@daypass.dev");
  }

  @Test
  void whatWasCountedBeforeIsNotNew() throws IOException {
    servers.session = new SessionOutcome.Recorded(new EntryNumber(9), false, Set.of());
    Answer answer = post(GOOD);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"entry\":\"9\",\"alarms\":[]}\n");
  }

  @Test
  void asksToKeepWhatCannotBeTakenNow() throws IOException {
    servers.session = new SessionOutcome.TooMany();
    assertThat(post(GOOD).status()).isEqualTo(429);
    servers.session = new SessionOutcome.Unavailable();
    assertThat(post(GOOD).status()).isEqualTo(503);
  }

  @Test
  void whatWasRefusedIsKeptForItsPersonAlone() throws IOException {
    String refused =
        "event=refused&serial=17&at=2026-11-21T14%3A00%3A00Z&account=root&reason=not%20in%20the%20map";
    Answer kept = post(refused, "Accept: text/plain");
    assertThat(kept.status()).isEqualTo(202);
    assertThat(kept.body()).isEqualTo("state: kept\n");
    assertThat(servers.reports).as("no session, no entry").isEmpty();
    Answer why =
        server.get(
            "/v1/why?host=db-1.prod.example.com",
            "Authorization: Bearer " + FakeBackend.TOKEN,
            "Accept: text/plain");
    assertThat(why.body())
        .contains(
            """
            refused.at: 2026-11-21T14:00:00Z
            refused.serial: 17
            refused.account: root
            refused.reason: not in the map
            """);
    assertThat(post(refused.replace("&reason=", "&client=")).status()).isEqualTo(400);
    post(refused);
    assertThat(post(refused).status()).isEqualTo(429);
  }

  @Test
  void takesReportsOfJoinedServersOnly() throws IOException {
    servers.host = Optional.empty();
    assertThat(post(GOOD).body()).contains("host_not_joined");
    assertThat(server.post("/v1/sessions", GOOD, FORM).status()).isEqualTo(403);
    assertThat(servers.reports).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event=began&session=0123456789abcdef&serial=1&at=2026-11-21T14%3A00%3A00Z",
        "event=opened&session=short&serial=1&at=2026-11-21T14%3A00%3A00Z",
        "event=opened&session=0123456789abcde%0A&serial=1&at=2026-11-21T14%3A00%3A00Z",
        "event=opened&session=0123456789abcdef&serial=-1&at=2026-11-21T14%3A00%3A00Z",
        "event=opened&session=0123456789abcdef&serial=01&at=2026-11-21T14%3A00%3A00Z",
        "event=opened&session=0123456789abcdef&serial=18446744073709551616&at=2026-11-21T14%3A00",
        "event=opened&session=0123456789abcdef&serial=1&at=now",
        GOOD + "&certificate=ssh-ed25519%20AAAA",
        GOOD + "&reported_by=web-1",
        GOOD + "&user=a&user=b",
        "event=opened",
      })
  void refusesWhatIsNoReport(String body) throws IOException {
    assertThat(post(body).status()).isEqualTo(400);
    assertThat(servers.reports).isEmpty();
  }

  @Test
  void refusesTextsWithoutEnd() throws IOException {
    assertThat(post(GOOD + "&user=" + "a".repeat(512)).status()).isEqualTo(201);
    assertThat(post(GOOD + "&user=" + "a".repeat(513)).body()).contains("report_invalid");
  }

  private Answer post(String body, String... headers) throws IOException {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = SIGNED;
    all[headers.length + 1] = FORM;
    return server.post("/v1/sessions", body, all);
  }
}
