package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.PollState;
import dev.daypass.login.outcome.Standing;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.RawHttp.Answer;
import dev.daypass.web.login.History;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in and asking by a bound key, over the wire; each answer keeps openapi.yaml. */
final class LoginRoutesTest {
  private static final String SIGNED = "Authorization: SSHSIG v=1,t=1,n=x,s=y";
  private static final String JSON = "Content-Type: application/json";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String LINES = "Accept: text/plain";
  private static final String POLL = "Daypass-Poll: " + FakeLogins.POLL.text();
  private static final String LOGIN = "/v1/logins/" + FakeLogins.ID.text();
  private static final LoginSecret SECRET = LoginSecret.random(new Random(77));
  private static final String START =
      "hostname=alice-laptop&mode=loopback&port=40123&challenge=" + SECRET.text();

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
  void startsALogin() throws IOException {
    Answer answer = server.post("/v1/logins", START + "&max_auth_age=0s", SIGNED, FORM, LINES);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body())
        .isEqualTo(
            "login: %s\npoll_secret: %s\nurl: %s/login/%s\nexpires_at: 2026-11-21T01:18:00Z\n"
                .formatted(
                    FakeLogins.ID, FakeLogins.POLL.text(), RunningServer.ORIGIN, FakeLogins.ID));
    assertThat(server.backend.namespaces).containsExactly("login@daypass.dev");
    assertThat(server.backend.logins.started)
        .hasValueSatisfying(request -> {
          assertThat(request.hostname()).isEqualTo("alice-laptop");
          assertThat(request.mode()).isEqualTo(LoginMode.LOOPBACK);
          assertThat(request.port()).isEqualTo(OptionalInt.of(40_123));
          assertThat(request.challenge().orElseThrow().base64Url()).isEqualTo(SECRET.text());
          assertThat(request.maxAuthAge()).contains(Duration.ZERO);
        });
  }

  /** CASES 71: without a signature by the key nothing begins. */
  @Test
  void aStartIsSigned() throws IOException {
    Answer answer = server.post("/v1/logins", START, FORM);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("possession_required");
    Answer twice = server.post("/v1/logins", START, FORM, SIGNED, SIGNED);
    assertThat(twice.code()).isEqualTo("signature_invalid");
    assertThat(server.backend.logins.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "port=40123, port=80",
    "port=40123, port=040123",
    "mode=loopback, mode=LOOPBACK",
    "challenge=, challenge=x",
  })
  void refusesAStartThatIsNotOfItsForm(String part, String instead) throws IOException {
    Answer answer = server.post("/v1/logins", START.replace(part, instead), SIGNED, FORM);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("start_invalid");
    assertThat(server.backend.logins.asked).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(LoginFault.class)
  void everyFaultHasItsStatusInTheContract(LoginFault fault) throws IOException {
    server.backend.logins.start = new LoginRefused(fault, "No.", "Do.");
    Answer answer = server.post("/v1/logins", START, SIGNED, FORM);
    assertThat(answer.code()).isEqualTo(fault.code());
    assertThat(answer.status()).isBetween(400, 503);
  }

  @Test
  void anotherIdentitysKeyIsAConflict() throws IOException {
    server.backend.logins.bind = new LoginRefused(LoginFault.KEY_IN_USE, "Taken.", "New key.");
    Answer answer = server.post(LOGIN + "/bind", "secret=" + SECRET.text(), SIGNED, POLL, FORM);
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("key_in_use");
  }

  @Test
  void tellsHowFarItIsToWhoeverHasThePollSecret() throws IOException {
    assertThat(server.get(LOGIN, POLL, LINES).body()).isEqualTo("state: waiting\n");
    String other = "Daypass-Poll: " + SECRET.text();
    for (String header : List.of(other, "X: y", "Daypass-Poll: x")) {
      assertThat(server.get(LOGIN, header).code()).isEqualTo("poll_secret_invalid");
    }
    assertThat(server.get(LOGIN, POLL, POLL).code()).isEqualTo("poll_secret_invalid");
    assertThat(server.get("/v1/logins/short", POLL).code()).isEqualTo("login_unknown");
    assertThat(server.get(LOGIN + "?secret=x", POLL).status()).isEqualTo(400);
  }

  @Test
  void aPollThatWaitsIsAnsweredWhenSomethingHappens() throws IOException {
    server.backend.logins.states.add(PollState.WAITING);
    server.backend.logins.states.add(PollState.CONSENTED);
    Answer answer = server.get(LOGIN, POLL, "Prefer: wait=20");
    assertThat(answer.body()).contains("\"consented\"");
  }

  @Test
  void binds() throws IOException {
    Answer answer =
        server.post(
            LOGIN + "/bind",
            "secret=" + SECRET.text() + "&proof=" + FakeLogins.PROOF.text(),
            SIGNED,
            POLL,
            FORM,
            LINES);
    assertThat(answer.body())
        .isEqualTo(
            "login: %s\nusername: alice\nprovider: okta\nuntil: 2026-11-21T08:13:00Z\nrenewable: true\n"
                .formatted(FakeLogins.ID));
    assertThat(server.backend.logins.asked).containsExactly("bind with proof");
    assertThat(server.backend.namespaces).containsExactly("login@daypass.dev");
  }

  @Test
  void bindsOnlyWithSecretsOfTheirForm() throws IOException {
    assertThat(server.post(LOGIN + "/bind", "secret=x", SIGNED, POLL, FORM).code())
        .isEqualTo("helper_secret_invalid");
    Answer proof =
        server.post(LOGIN + "/bind", "secret=" + SECRET.text() + "&proof=x", SIGNED, POLL, FORM);
    assertThat(proof.status()).isEqualTo(401);
    assertThat(proof.code()).isEqualTo("proof_invalid");
    assertThat(server.backend.logins.asked).isEmpty();
  }

  @Test
  void certifiesTheBoundKey() throws IOException {
    Answer answer = server.post("/v1/certificates", "{\"role\":\"r\"}", SIGNED, JSON);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(server.backend.namespaces).containsExactly("request@daypass.dev");
    assertThat(server.backend.contexts)
        .singleElement()
        .satisfies(context -> {
          assertThat(context.provenKey()).isEqualTo(FakeBackend.key());
          assertThat(context.login().orElseThrow().id()).isEqualTo(FakeLogins.ID);
        });
    String same = "{\"role\":\"r\",\"public_key\":\"" + FakeBackend.KEY_LINE + "\"}";
    assertThat(server.post("/v1/certificates", same, SIGNED, JSON).status()).isEqualTo(201);
  }

  /** CASES 72. */
  @Test
  void certifiesNoOtherKeyThanTheOneThatSigns() throws IOException {
    String other = OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey().line();
    String body = "{\"role\":\"r\",\"public_key\":\"" + other + "\"}";
    Answer answer = server.post("/v1/certificates", body, SIGNED, JSON);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("key_mismatch");
    assertThat(answer.body()).contains("\"entry\":\"41\"");
    assertThat(server.backend.requests).isEmpty();
  }

  /** DESIGN section 6: refusals of known identities are entries, within their budget. */
  @Test
  void anEndedLoginIsTheRefusalOfAKnownIdentity() throws IOException {
    server.backend.logins.standing =
        new Standing.Ended(
            FakeBackend.ALICE.id(), new LoginRefused(LoginFault.LOGIN_ENDED, "No.", "Log in."));
    Answer answer = server.get("/v1/roles", SIGNED);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("login_ended");
    assertThat(answer.body()).contains("\"entry\":\"42\"");
    assertThat(server.backend.notAdmitted).containsExactly(FakeBackend.ALICE.id());
    assertThat(server.backend.recorded)
        .containsExactly(new Reason("login_ended", "No.", "Log in."));
  }

  @Test
  void aKeyThatStandsForNobodyIsNoEntry() throws IOException {
    server.backend.logins.standing = new LoginRefused(LoginFault.LOGIN_REQUIRED, "No.", "Do.");
    assertThat(server.get("/v1/roles", SIGNED).code()).isEqualTo("login_required");
    assertThat(server.backend.recorded).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LOGIN_REQUIRED, 401", "LOGIN_ENDED, 401", "IDENTITY_REFUSED, 403"})
  void saysThatAKeyHasNoLogin(LoginFault fault, int status) throws IOException {
    server.backend.logins.standing = new LoginRefused(fault, "No.", "Log in.");
    for (String target : List.of("/v1/roles", "/v1/logins", "/v1/history", "/v1/why?host=a")) {
      Answer answer = server.get(target, SIGNED);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.code()).isEqualTo(fault.code());
    }
  }

  @Test
  void aProviderThatIsAwayIsNoRefusal() throws IOException {
    server.backend.logins.standing = new Standing.Unavailable("okta does not answer.");
    assertThat(server.get("/v1/roles", SIGNED).status()).isEqualTo(503);
    assertThat(server.backend.recorded).isEmpty();
  }

  @Test
  void listsOnesOwnLogins() throws IOException {
    LoginId other = LoginId.random(new Random(9));
    server.backend.logins.others = List.of(FakeLogins.view(other, "desk"));
    String body = server.get("/v1/logins", SIGNED, LINES).body();
    assertThat(body.lines())
        .startsWith("username: alice", "logins.login: " + FakeLogins.ID)
        .contains("logins.current: true", "logins.hostname: desk", "logins.current: false");
  }

  @Test
  void logsOut() throws IOException {
    Answer answer = delete("/v1/logins/current", SIGNED);
    assertThat(answer.body())
        .isEqualTo("{\"login\":\"" + FakeLogins.ID + "\",\"ended\":true,\"revoked\":2}\n");
    assertThat(delete("/v1/logins", SIGNED).body()).isEqualTo("{\"ended\":1,\"revoked\":2}\n");
    assertThat(server.backend.logins.asked)
        .containsExactly("end " + FakeLogins.ID + " by Owner", "endAll alice-1");
  }

  /** CASES 65. */
  @Test
  void endsNobodyElsesLoginExceptAsAnOperator() throws IOException {
    server.backend.logins.owner = new IdentityId("https://idp.example.com", "bob-1");
    Answer refused = delete(LOGIN, SIGNED);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("not_yours");
    assertThat(server.backend.recorded).hasSize(1);
    assertThat(server.backend.logins.asked).isEmpty();
    server.backend.operator = true;
    assertThat(delete(LOGIN, SIGNED).status()).isEqualTo(200);
    assertThat(server.backend.logins.asked)
        .containsExactly("end " + FakeLogins.ID + " by Operator");
  }

  /** It may be another's, bound between the look and the end. */
  @Test
  void endsNothingWhoseOwnerIsNotKnown() throws IOException {
    Answer answer = delete("/v1/logins/" + LoginId.random(new Random(9)), SIGNED);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("login_unknown");
    assertThat(server.backend.logins.asked).isEmpty();
  }

  @Test
  void tellsOnesHistory() throws IOException {
    Fingerprint key = FakeBackend.key().fingerprint();
    server.backend.history =
        (_, limit) ->
            List.of(
                new History.Line(
                    new EntryNumber(7),
                    RunningServer.NOW,
                    "certificate.granted",
                    "granted",
                    Map.of("role", "dba", "serial", "7", "key", key.toString())),
                new History.Line(
                    new EntryNumber(limit), RunningServer.NOW, "login.opened", "erased", Map.of()));
    assertThat(server.get("/v1/history", SIGNED, LINES).body())
        .isEqualTo(
            """
            username: alice
            entries.entry: 7
            entries.at: 2026-11-21T01:13:00Z
            entries.kind: certificate.granted
            entries.outcome: granted
            entries.role: dba
            entries.serial: 7
            entries.key: %s
            entries.entry: 50
            entries.at: 2026-11-21T01:13:00Z
            entries.kind: login.opened
            entries.outcome: erased
            """
                .formatted(key));
  }

  @Test
  void saysWhatOpensAServer() throws IOException {
    assertThat(server.get("/v1/why?host=db-1.prod.example.com", SIGNED, LINES).body().lines())
        .startsWith(
            "host: db-1.prod.example.com", "known: true", "labels.env: prod", "labels.tier: db")
        .contains("roles.opens: true", "roles.because.code: denied")
        .endsWith("server_time: 2026-11-21T01:13:00Z");
    assertThat(server.get("/v1/why?host=nobody.example.com", SIGNED, LINES).body())
        .contains("known: false\n", "roles.opens: false\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "?host=", "?host=A", "?host=a%00", "?host=a&host=b", "?host=a&x=y", "?host=%"})
  void asksForOneHostAndNothingElse(String query) throws IOException {
    assertThat(server.get("/v1/why" + query, SIGNED).status()).isEqualTo(400);
  }

  @Test
  void aTokenStandsForNoCurrentLogin() throws IOException {
    server.backend.logins.standing = new LoginRefused(LoginFault.LOGIN_REQUIRED, "No.", "Do.");
    Answer answer = delete("/v1/logins/current", "Authorization: Bearer " + FakeBackend.TOKEN);
    assertThat(answer.code()).isEqualTo("login_unknown");
    assertThat(Optional.of(answer.status())).contains(404);
  }

  private Answer delete(String target, String... headers) throws IOException {
    Answer answer = server.raw().send(RunningServer.request("DELETE", target, "", headers));
    assertThat(OpenApi.violations("DELETE", target, answer)).isEmpty();
    return answer;
  }
}
