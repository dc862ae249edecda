package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Authentication;
import dev.daypass.identity.IdentityId;
import dev.daypass.issuance.CertificateRequest;
import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.issuance.RefusalKind;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.login.RequestVerdict;
import dev.daypass.login.RequestVerdict.Fault;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.RawHttp.Answer;
import dev.daypass.web.quota.CertificateQuotas;
import dev.daypass.web.quota.Quota;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** POST /v1/certificates and GET /v1/roles over the wire; each answer keeps openapi.yaml. */
final class CertificateRoutesTest {
  private static final String BEARER = "Authorization: Bearer " + FakeBackend.TOKEN;
  private static final String POSSESSION = "Daypass-Possession: SSHSIG v=1,t=1,n=x,s=y";
  private static final String JSON = "Content-Type: application/json";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String LINES = "Accept: text/plain";
  private static final String BODY =
      "{\"public_key\":\"" + FakeBackend.KEY_LINE + "\",\"role\":\"prod-db-debug\"}";

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
  void answersTheCertificateAsJson() throws IOException {
    Answer answer = issue(BODY, JSON);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.body())
        .startsWith("{\"serial\":\"18446744073709551615\",\"username\":\"alice\",")
        .contains("\"valid_before\":\"2026-11-21T01:43:00Z\",\"valid_for\":\"30m\"")
        .contains("\"certificate\":\"ssh-ed25519-cert-v01@openssh.com AAAA");
  }

  @Test
  void answersTheCertificateAsLinesAloneOnTheLast() throws IOException {
    List<String> lines = issue(BODY, JSON, LINES).body().lines().toList();
    assertThat(lines)
        .contains(
            "serial: 18446744073709551615",
            "role: prod-db-debug",
            "hosts: db-1.prod.example.com db-2.prod.example.com",
            "proof: c2sp.org/tlog-proof@v1\\nindex 5\\n\\nca.example.com/daypass\\n6\\n");
    assertThat(lines.getLast()).startsWith("ssh-ed25519-cert-v01@openssh.com AAAA");
    assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.matches("[a-z_]+: .+"));
  }

  @Test
  void readsEveryMemberFromJson() throws IOException {
    String body =
        """
        {"public_key":"KEY","role":"r","ttl":"30m","valid_after":"2026-11-21T02:00:00Z",
         "reason":"INC-1 \\u00e9","hosts":["a","b"],
         "restrict":{"source_address":["10.0.0.0/8"],"force_command":"id","without":[]}}
        """
            .replace("KEY", FakeBackend.KEY_LINE);
    issue(body, JSON);
    assertFull(server.backend.requests.getFirst());
    assertThat(server.backend.requests.getFirst().wish().without()).contains(List.of());
  }

  @Test
  void readsEveryMemberFromAForm() throws IOException {
    String body =
        "public_key="
            + URLEncoder.encode(FakeBackend.KEY_LINE, StandardCharsets.UTF_8)
            + "&role=r&ttl=30m&valid_after=2026-11-21T02%3A00%3A00Z&reason=INC-1+%C3%A9"
            + "&hosts=a&hosts=b&source_address=10.0.0.0%2F8&force_command=id";
    assertThat(issue(body, FORM).status()).isEqualTo(201);
    assertFull(server.backend.requests.getFirst());
    assertThat(server.backend.requests.getFirst().wish().without()).isEmpty();
  }

  private static void assertFull(CertificateRequest request) {
    assertThat(request.publicKey()).contains(FakeBackend.KEY_LINE);
    assertThat(request.wish().role()).isEqualTo("r");
    assertThat(request.wish().ttl()).contains("30m");
    assertThat(request.wish().validAfter()).contains("2026-11-21T02:00:00Z");
    assertThat(request.wish().reason()).contains("INC-1 \u00e9");
    assertThat(request.wish().hosts()).contains(List.of("a", "b"));
    assertThat(request.wish().sourceAddress()).contains(List.of("10.0.0.0/8"));
    assertThat(request.wish().forceCommand()).contains("id");
  }

  @Test
  void checksTheSignatureOverWhatWasSent() throws IOException {
    issue(BODY + "  ", "Content-Type: application/json; charset=UTF-8");
    assertThat(server.backend.signed)
        .singleElement()
        .satisfies(signed -> {
          assertThat(signed.method()).isEqualTo("POST");
          assertThat(signed.target()).isEqualTo("/v1/certificates");
          assertThat(signed.contentType()).isEqualTo("application/json; charset=UTF-8");
          assertThat(signed.body()).isEqualTo(Bytes.ofUtf8(BODY + "  "));
        });
  }

  @Test
  void passesTheContextOn() throws IOException {
    Answer answer = issue(BODY, JSON, "Idempotency-Key: k-1");
    var context = server.backend.contexts.getFirst();
    assertThat(context.idempotencyKey()).contains("k-1");
    assertThat(context.requestId()).isEqualTo(answer.header("daypass-request-id"));
    assertThat(context.bodyHash()).isEqualTo(Bytes.ofUtf8(BODY).sha256());
    assertThat(context.address().orElseThrow()).hasToString("127.0.0.1");
    assertThat(context.provenKey()).isEqualTo(FakeBackend.key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "\u00e9", "\t"})
  void refusesOtherIdempotencyKeys(String key) throws IOException {
    assertKnownRefusal(
        issue(BODY, JSON, "Idempotency-Key: " + key), 400, "idempotency_key_malformed");
    assertKnownRefusal(
        issue(BODY, JSON, "Idempotency-Key: " + "x".repeat(129)), 400, "idempotency_key_malformed");
    assertKnownRefusal(
        issue(BODY, JSON, "Idempotency-Key: a", "Idempotency-Key: b"),
        400,
        "idempotency_key_malformed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"role\":\"r\"} | missing_member",
        "{\"public_key\":\"k\"} | missing_member",
        "{\"public_key\":\"k\",\"role\":\"r\",\"principals\":[\"root\"]} | unknown_member",
        "{\"public_key\":\"k\",\"role\":\"r\",\"Role\":\"r\"} | unknown_member",
        "{\"public_key\":\"k\",\"role\":\"r\",\"restrict.force_command\":\"x\"} | unknown_member",
        "{\"public_key\":\"k\",\"role\":\"r\",\"force_command\":\"x\"} | unknown_member",
        "{\"public_key\":\"k\",\"role\":\"r\",\"restrict\":{\"permit-pty\":\"\"}} | unknown_member",
        "{\"public_key\":\"k\",\"role\":\"r\",\"role\":\"s\"} | duplicate_member",
        "{\"public_key\":\"k\",\"role\":null} | wrong_type",
        "{\"public_key\":\"k\",\"role\":5} | wrong_type",
        "{\"public_key\":\"k\",\"role\":[\"r\"]} | wrong_type",
        "{\"public_key\":\"k\",\"role\":\"r\",\"ttl\":1e308} | wrong_type",
        "{\"public_key\":\"k\",\"role\":\"r\",\"hosts\":\"a\"} | wrong_type",
        "{\"public_key\":\"k\",\"role\":\"r\",\"hosts\":[1]} | wrong_type",
        "{\"public_key\":\"k\",\"role\":\"r\",\"restrict\":\"x\"} | wrong_type",
        "{\"public_key\":\"k\",\"role\":\"\\ud800\"} | invalid_text",
        "{\"public_key\":\"k\",\"role\":\"r\"}{} | invalid_json",
        "[] | invalid_json",
        "'' | invalid_json",
        "{\"public_key\":\"not a key\",\"role\":\"r\"} | public_key_malformed"
      })
  void refusesOtherBodies(String body, String code) throws IOException {
    assertKnownRefusal(issue(body, JSON), 400, code);
    assertThat(server.backend.requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POSSESSION_REQUIRED, 403",
    "SIGNATURE_INVALID, 401",
    "CLOCK_SKEW, 401",
    "RESTARTED, 401"
  })
  void refusesWhatIsNotProven(Fault fault, int status) throws IOException {
    server.backend.unproven = Optional.of(new RequestVerdict.Rejected(fault, "No.", "Do."));
    assertKnownRefusal(issue(BODY, JSON), status, fault.code());
    assertThat(server.backend.requests).isEmpty();
  }

  /** Being unable to serve refuses nobody. */
  @Test
  void anOverloadIsNoRefusalInTheLedger() throws IOException {
    server.backend.unproven =
        Optional.of(new RequestVerdict.Rejected(Fault.OVERLOADED, "No.", "Do."));
    assertThat(issue(BODY, JSON).status()).isEqualTo(503);
    assertThat(server.backend.recorded).isEmpty();
  }

  @Test
  void demandsPossession() throws IOException {
    assertKnownRefusal(
        server.post("/v1/certificates", BODY, BEARER, JSON), 403, "possession_required");
    assertKnownRefusal(issue(BODY, JSON, POSSESSION), 401, "signature_invalid");
  }

  @Test
  void demandsAToken() throws IOException {
    assertStranger(server.post("/v1/certificates", BODY, JSON), 401, "authentication_required");
    for (String header :
        List.of("Authorization: Basic YTpi", "Authorization: SSHSIG", "Authorization: Bearer")) {
      assertStranger(
          server.post("/v1/certificates", BODY, JSON, header), 401, "authentication_unknown");
    }
    assertStranger(
        server.post("/v1/certificates", BODY, JSON, BEARER, BEARER), 401, "authentication_unknown");
    assertStranger(
        server.post("/v1/certificates?access_token=" + FakeBackend.TOKEN, BODY, JSON),
        400,
        "unknown_parameter");
  }

  @ParameterizedTest
  @CsvSource({"token_expired, 401", "token_malformed, 401", "email_unverified, 403"})
  void saysWhatIsWrongWithTheToken(String code, int status) throws IOException {
    server.backend.otherTokens = new Authentication.Refused(code, "No.", "Do.");
    assertStranger(
        server.post("/v1/certificates", BODY, JSON, "Authorization: Bearer other"), status, code);
  }

  @Test
  void whoIsKnownAndNotAdmittedIsWrittenDown() throws IOException {
    IdentityId bob = new IdentityId("https://example.okta.com", "bob");
    server.backend.otherTokens =
        new Authentication.Refused("email_unverified", "No.", "Do.").of(bob);
    Answer answer = server.post("/v1/certificates", BODY, JSON, "Authorization: Bearer other");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("email_unverified");
    assertThat(answer.body()).contains("\"entry\":\"42\"");
    assertThat(server.backend.notAdmitted).containsExactly(bob);
  }

  @ParameterizedTest
  @ValueSource(strings = {"email_unverified", "groups_overage", "account_invalid"})
  void whoIsKnownAndMayNotListRolesIsWrittenDown(String code) throws IOException {
    IdentityId bob = new IdentityId("https://example.okta.com", "bob");
    server.backend.otherTokens = new Authentication.Refused(code, "No.", "Do.").of(bob);
    Answer answer = server.get("/v1/roles", "Authorization: Bearer other");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.body()).contains("\"entry\":\"42\"");
    assertThat(server.backend.notAdmitted).containsExactly(bob);
    assertThat(server.backend.recorded).containsExactly(new Reason(code, "No.", "Do."));
  }

  @Test
  void aStrangerWhoAsksForRolesIsNotWrittenDown() throws IOException {
    assertStranger(server.get("/v1/roles", "Authorization: Bearer other"), 401, "token_malformed");
    assertStranger(
        server.get("/v1/roles", "Authorization: Basic YTpi"), 401, "authentication_unknown");
  }

  @Test
  void refusesTwoContentTypes() throws IOException {
    // Only one of them could stand under the signature.
    Answer answer = server.post("/v1/certificates", BODY, JSON, "Content-Type: text/plain", BEARER);
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo("media_type_not_taken");
  }

  @Test
  void anIdentityProviderThatIsAwayIsNoRefusal() throws IOException {
    server.backend.otherTokens = new Authentication.Unavailable("okta does not answer.");
    Answer answer = server.post("/v1/certificates", BODY, JSON, "Authorization: Bearer other");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("identity_provider_unavailable");
    assertThat(answer.header("retry-after")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json; charset=utf-16",
        "multipart/form-data",
        "",
        "json"
      })
  void refusesOtherMediaTypes(String type) throws IOException {
    assertKnownRefusal(issue(BODY, "Content-Type: " + type), 415, "media_type_not_taken");
  }

  @Test
  void refusesLargeBodiesUnread() throws IOException {
    assertKnownRefusal(issue("x".repeat(64 * 1024 + 1), JSON), 413, "body_too_large");
    assertThat(issue("x".repeat(64 * 1024), JSON).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource(RefusalKind.class)
  void passesRefusalsOn(RefusalKind kind) throws IOException {
    List<Reason> reasons =
        List.of(
            new Reason("ttl_above_max", "Too long.", "Ask for 1h."),
            new Reason("denied", "Weekend.", ""));
    server.backend.outcome =
        (_, _) -> new IssuanceOutcome.Refused(kind, reasons, Optional.of(new EntryNumber(7)));
    Answer answer = issue(BODY, JSON, LINES);
    assertThat(answer.status())
        .isEqualTo(
            switch (kind) {
              case MALFORMED -> 400;
              case FORBIDDEN -> 403;
              case IDEMPOTENCY_MISMATCH -> 422;
            });
    assertThat(answer.body())
        .contains("\ncode: ttl_above_max\ndetail: Too long.\nremedy: Ask for 1h.\n")
        .contains("\nreasons.code: denied\nreasons.detail: Weekend.\nentry: 7\n");
    assertThat(issue(BODY, JSON).status()).isEqualTo(answer.status()); // and by the schema
  }

  @Test
  void answersTheOtherOutcomes() throws IOException {
    server.backend.outcome = (_, _) -> new IssuanceOutcome.NeedsApproval("Ask bob.");
    assertThat(issue(BODY, JSON).status()).isEqualTo(202);
    server.backend.outcome = (_, _) -> new IssuanceOutcome.AlreadyGranted(new EntryNumber(9));
    Answer granted = issue(BODY, JSON);
    assertThat(granted.status()).isEqualTo(409);
    assertThat(granted.code()).isEqualTo("already_granted");
    assertThat(granted.body()).contains("\"entry\":\"9\"");
    server.backend.outcome =
        (_, _) -> new IssuanceOutcome.Unavailable("The volume is full.", Optional.empty());
    assertThat(issue(BODY, JSON).code()).isEqualTo("unavailable");
  }

  @Test
  void listsRoles() throws IOException {
    assertStranger(server.get("/v1/roles"), 401, "authentication_required");
    assertThat(server.get("/v1/roles", BEARER).status()).isEqualTo(200);
    assertThat(server.get("/v1/roles", BEARER, LINES).body())
        .startsWith(
            """
            username: alice
            roles.name: prod-db-debug
            roles.description: Read-only shell on production databases
            roles.standing: held
            roles.ttl: 30m
            roles.max_ttl: 1h
            roles.reason: required
            roles.patterns: *.prod.example.com
            """)
        .endsWith("roles.because.remedy: Ask on Monday.\n");
  }

  @Test
  void manyFailuresOfAStrangerAreAnswered429ButNotAGoodToken() throws IOException {
    // The bucket fills again while it is emptied, on a slow machine noticeably.
    Answer answer = server.get("/v1/roles");
    for (int i = 0; i < 2000 && answer.status() != 429; i++) {
      answer = server.get("/v1/roles");
    }
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo("too_many_failures");
    assertThat(issue(BODY, JSON).status()).isEqualTo(201);
    assertThat(server.meters.scrape())
        .contains("daypass_http_refused_total{code=\"authentication_required\"}");
  }

  /** CASES 52: a made-up key ID looks like this while the provider is away. */
  @Test
  void tokensThatNobodyCanJudgeAreChargedLikeOtherFailures() throws IOException {
    server.backend.otherTokens = new Authentication.Unavailable("okta does not answer.");
    Answer answer = server.get("/v1/roles", "Authorization: Bearer other");
    assertThat(answer.status()).isEqualTo(503);
    for (int i = 0; i < 2000 && answer.status() == 503; i++) {
      answer = server.get("/v1/roles", "Authorization: Bearer other");
    }
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo("too_many_failures");
    assertThat(server.get("/v1/roles", BEARER).status()).isEqualTo(200);
    assertThat(server.meters.scrape())
        .contains("daypass_http_refused_total{code=\"identity_provider_unavailable\"}");
  }

  private static WebLimits withoutQuotas() {
    Quota any = new Quota(100_000, Duration.ofMinutes(1));
    WebLimits usual = WebLimits.DEFAULT;
    return new WebLimits(
        usual.maxConnections(),
        usual.maxConnectionsPerAddress(),
        usual.maxRequestsInFlight(),
        usual.idleTimeout(),
        usual.receiveTimeout(),
        usual.requestDeadline(),
        usual.failures(),
        new CertificateQuotas(any, any, any, any));
  }

  /** The daemon's own failure is nobody's noise. */
  @Test
  void failuresOfTheLedgerAreChargedToNobody() throws IOException {
    server.close();
    server = RunningServer.start(withoutQuotas());
    server.backend.outcome =
        (_, _) -> new IssuanceOutcome.Unavailable("The volume is full.", Optional.empty());
    for (int i = 0; i < 200; i++) {
      assertThat(issue(BODY, JSON).status()).isEqualTo(503);
    }
    assertThat(server.get("/v1/roles").status()).isEqualTo(401);
  }

  private Answer issue(String body, String... headers) throws IOException {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = BEARER;
    all[1] = POSSESSION;
    return server.post("/v1/certificates", body, all);
  }

  /** A refusal of a known identity names its entry. */
  private void assertKnownRefusal(Answer answer, int status, String code) {
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains("\"entry\":\"41\"");
    assertThat(server.backend.recorded.getLast().code()).isEqualTo(code);
  }

  private void assertStranger(Answer answer, int status, String code) {
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("entry", FakeBackend.TOKEN);
    assertThat(server.backend.recorded).isEmpty();
    assertThat(server.backend.requests).isEmpty();
  }
}
