package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.web.RawHttp.Answer;
import dev.daypass.web.api.ReadinessReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What anyone may read; each answer is checked against openapi.yaml on the way. */
final class PublicRoutesTest {
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    server = RunningServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
    assertThat(server.server().routes()).isEqualTo(OpenApi.operations());
  }

  @Test
  void servesItsOwnDescription() throws IOException {
    Answer answer = server.get("/openapi.yaml");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).startsWith("openapi: 3.1.0\n").contains("/v1/certificates:");
  }

  @Test
  void answersHealthOnBothListeners() throws IOException {
    assertThat(server.get("/healthz").body()).isEqualTo("ok\n");
    Answer metrics = server.metrics().send(RunningServer.request("GET", "/healthz", ""));
    assertThat(metrics.body()).isEqualTo("ok\n");
  }

  @Test
  void readinessNamesEachPart() throws IOException {
    Answer ready = server.get("/readyz");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.body())
        .isEqualTo(
            "{\"ready\":true,\"checks\":{\"ledger\":\"ok\",\"rollback\":\"unprotected\"}}\n");
    assertThat(server.get("/readyz", "Accept: text/plain").body())
        .isEqualTo("ready: true\nchecks.ledger: ok\nchecks.rollback: unprotected\n");
  }

  @Test
  void notReadyIs503ForGetAndHead() throws IOException {
    try (RunningServer stopped = RunningServer.start()) {
      stopped.backend.readiness =
          () -> ReadinessReport.of(false, Map.of("ledger", "behind the head"));
      assertThat(stopped.get("/readyz").status()).isEqualTo(503);
      String head = RunningServer.request("HEAD", "/readyz", "");
      try (var socket = stopped.raw().open()) {
        socket.getOutputStream().write(head.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(
                new String(
                    socket.getInputStream().readAllBytes(),
                    java.nio.charset.StandardCharsets.US_ASCII))
            .startsWith("HTTP/1.1 503 ")
            .endsWith("\r\n\r\n");
      }
    }
  }

  @Test
  void metricsAreOnTheirOwnListenerAlone() throws IOException {
    server.get("/healthz");
    assertThat(server.get("/metrics").status()).isEqualTo(404);
    Answer metrics = server.metrics().send(RunningServer.request("GET", "/metrics", ""));
    assertThat(OpenApi.violations("GET", "/metrics", metrics)).isEmpty();
    assertThat(metrics.body())
        .contains("daypass_http_requests_seconds_count{route=\"GET /healthz\",status=\"200\"}");
  }

  @Test
  void servesCaKeysOneALine() throws IOException {
    assertThat(server.get("/v1/ca/user").body()).isEqualTo(FakeBackend.KEY_LINE + "\n");
    assertThat(server.get("/v1/ca/host").body()).isEqualTo(FakeBackend.KEY_LINE + "\n");
  }

  @Test
  void servesTheBundleOrSaysThatThereIsNone() throws IOException {
    assertThat(server.get("/v1/bundle").body()).isEqualTo("daypass trust bundle 1\n");
    try (RunningServer young = RunningServer.start()) {
      young.backend.bundle = Optional.empty();
      Answer answer = young.get("/v1/bundle");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.code()).isEqualTo("bundle_missing");
    }
  }

  @Test
  void servesTheCheckpointAsItIsSigned() throws IOException {
    assertThat(server.get("/ledger/checkpoint").body())
        .isEqualTo(server.backend.files.checkpoint.get());
  }

  @Test
  void tellsClientsWhatTheyNeed() throws IOException {
    assertThat(server.get("/v1/client", "Accept: text/plain").body())
        .isEqualTo(
            """
            origin: https://ca.example.com:8443
            ledger: ca.example.com/daypass
            time: 2026-11-21T01:13:00Z
            host_patterns: *.prod.example.com
            """);
  }

  @Test
  void unknownFailuresSayNothing() throws IOException {
    List<Supplier<String>> failures =
        List.of(
            () -> {
              throw new IllegalStateException("secret detail");
            },
            () -> {
              throw new NoClassDefFoundError("secret/detail");
            });
    for (Supplier<String> failure : failures) {
      try (RunningServer broken = RunningServer.start()) {
        broken.backend.files.checkpoint = failure;
        Answer answer = broken.get("/ledger/checkpoint");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("internal");
        assertThat(answer.body()).doesNotContain("secret", "IllegalState", "NoClass", "detail");
      }
    }
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() throws IOException {
    for (Answer answer :
        new Answer[] {
          server.get("/healthz"),
          server.get("/nothing"),
          server.get("/v1//roles"),
          server.raw().send("BROKEN\r\n\r\n")
        }) {
      assertThat(answer.headers())
          .containsEntry("x-content-type-options", "nosniff")
          .containsEntry("referrer-policy", "no-referrer")
          .containsEntry("cross-origin-opener-policy", "same-origin")
          .containsEntry("cross-origin-resource-policy", "same-origin")
          .containsEntry("cache-control", "no-store")
          .containsEntry("strict-transport-security", "max-age=31536000")
          .containsKeys("content-security-policy", "permissions-policy", "daypass-request-id")
          .doesNotContainKeys(
              "server", "x-powered-by", "access-control-allow-origin", "set-cookie");
      assertThat(answer.header("content-security-policy")).startsWith("default-src 'none'");
    }
  }

  @Test
  void requestsHaveNamesOfTheirOwn() throws IOException {
    String first = server.get("/healthz").header("daypass-request-id");
    assertThat(server.get("/healthz").header("daypass-request-id")).isNotEqualTo(first);
  }

  @Test
  void answersCarryTheDate() throws IOException {
    // The helper corrects its clock by it (DESIGN section 4, Requests).
    assertThat(server.get("/healthz").header("date")).endsWith(" GMT");
  }
}
