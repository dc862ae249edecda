package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.revocation.RevocationOutcome;
import dev.daypass.revocation.RevocationOutcome.Fault;
import dev.daypass.revocation.Target;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer is checked against openapi.yaml on the way. */
final class RevocationRoutesTest {
  private static final String JSON = "Content-Type: application/json";
  private static final String TOKEN = "Authorization: Bearer " + FakeBackend.TOKEN;

  private static RunningServer server;
  private final List<Asked> asked = new ArrayList<>();
  private RevocationOutcome outcome = done();

  private record Asked(Target target, boolean operator, String why) {}

  @BeforeAll
  static void start() throws IOException {
    server = RunningServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void answer() {
    server.backend.operator = true;
    server.backend.revoking =
        (target, asker, operator, why) -> {
          assertThat(asker).isEqualTo(FakeBackend.ALICE);
          asked.add(new Asked(target, operator, why));
          return outcome;
        };
  }

  @Test
  void revokesOneThingForAReason() throws IOException {
    Answer answer = post("{\"serial\":\"17\",\"reason\":\"seen in a paste\"}");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body())
        .isEqualTo(
            "{\"target\":\"serial\",\"entry\":\"40\",\"revoked\":2,\"logins_ended\":1,"
                + "\"standing\":false}\n");
    assertThat(asked)
        .containsExactly(
            new Asked(new Target.OfSerial(new EntryNumber(17)), true, "seen in a paste"));
  }

  @Test
  void takesEachKindOfTarget() throws IOException {
    String key = "SHA256:" + "A".repeat(43);
    Map<String, String> targets =
        Map.of(
            "serial", "17",
            "user", "alice@example.com",
            "role", "prod-db",
            "key", key,
            "host", "db-1.example.com",
            "login", "AAAAAAAAAAAAAAAAAAAAAA");
    for (Map.Entry<String, String> each : targets.entrySet()) {
      Answer answer =
          post("{\"%s\":\"%s\",\"reason\":\"r\"}".formatted(each.getKey(), each.getValue()));
      assertThat(asked.getLast().target().kind()).isEqualTo(each.getKey());
      assertThat(answer.status()).isEqualTo(201);
    }
    var _ =
        post(
            "{\"from\":\"2026-11-21T08:00:00Z\",\"to\":\"2026-11-21T09:00:00Z\",\"reason\":\"r\"}");
    assertThat(asked.getLast().target())
        .isEqualTo(
            new Target.OfWindow(
                Instant.parse("2026-11-21T08:00:00Z"), Instant.parse("2026-11-21T09:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"reason\":\"r\"}",
        "{\"serial\":\"0\",\"reason\":\"r\"}",
        "{\"serial\":\"017\",\"reason\":\"r\"}",
        "{\"serial\":\"-1\",\"reason\":\"r\"}",
        "{\"serial\":17,\"reason\":\"r\"}",
        "{\"serial\":\"17\"}",
        "{\"serial\":\"17\",\"user\":\"bob\",\"reason\":\"r\"}",
        "{\"from\":\"2026-11-21T08:00:00Z\",\"reason\":\"r\"}",
        "{\"from\":\"2026-11-21T09:00:00Z\",\"to\":\"2026-11-21T08:00:00Z\",\"reason\":\"r\"}",
        "{\"user\":\"bob\",\"from\":\"2026-11-21T08:00:00Z\",\"to\":\"2026-11-21T09:00:00Z\","
            + "\"reason\":\"r\"}",
        "{\"role\":\"Prod\",\"reason\":\"r\"}",
        "{\"host\":\"a_b\",\"reason\":\"r\"}",
        "{\"key\":\"SHA256:x\",\"reason\":\"r\"}",
        "{\"login\":\"x\",\"reason\":\"r\"}",
        "{\"everything\":\"yes\",\"reason\":\"r\"}"
      })
  void refusesWhatNamesNotOneThing(String body) throws IOException {
    assertThat(post(body).status()).isEqualTo(400);
    assertThat(asked).isEmpty();
  }

  /** CASES 62, 64, 65. */
  @ParameterizedTest
  @EnumSource
  void saysWhyNot(Fault fault) throws IOException {
    outcome = new RevocationOutcome.Refused(fault, "That is so.", "Do this.");
    Answer answer = post("{\"user\":\"bob\",\"reason\":\"r\"}");
    assertThat(answer.status())
        .isEqualTo(
            switch (fault) {
              case UNKNOWN -> 404;
              case NOT_YOURS, LOCAL_ONLY -> 403;
              case REASON -> 400;
              case UNAVAILABLE -> 503;
            });
    assertThat(answer.body()).contains("That is so.", "Do this.");
  }

  @Test
  void tellsTheDeskWhoIsNoOperator() throws IOException {
    server.backend.operator = false;
    var _ = post("{\"login\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"reason\":\"lost\"}");
    assertThat(asked.getLast().operator()).isFalse();
  }

  @Test
  void strangersRevokeNothing() throws IOException {
    Answer answer = server.post("/v1/revocations", "{\"user\":\"bob\",\"reason\":\"r\"}", JSON);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(asked).isEmpty();
  }

  private static RevocationOutcome done() {
    return new RevocationOutcome.Done(Optional.of(new EntryNumber(40)), 2, 1);
  }

  private static Answer post(String body) throws IOException {
    return server.post("/v1/revocations", body, JSON, TOKEN);
  }
}
