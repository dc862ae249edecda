package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.faults.Figures;
import dev.daypass.faults.Goal;
import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CASES 66: bytes that two parsers could read differently are one refused request, never two. */
final class SmugglingTest {
  private static final int ROUNDS = Boolean.getBoolean("daypass.long") ? 100_000 : 400;

  private static final String HIDDEN =
      "GET /healthz HTTP/1.1\r\n" + RunningServer.HOST + "Connection: close\r\n\r\n";
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    server = RunningServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding:\tchunked\r\n",
        "X: y\r\n Transfer-Encoding: chunked\r\n",
        "Content-Length: 0\r\nContent-Length: 44\r\n",
        "Content-Length: +0\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x10\r\n",
        "Content-Length: 1, 1\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Length : 0\r\n",
        "Content-Encoding: gzip\r\nContent-Length: 0\r\n"
      })
  void neverReadsTheBodyAsASecondRequest(String headers) throws IOException {
    String request =
        "POST /v1/certificates HTTP/1.1\r\n"
            + RunningServer.HOST
            + headers
            + "\r\n0\r\n\r\n"
            + HIDDEN;
    List<Answer> answers = server.raw().sendAll(request);
    assertThat(answers).isNotEmpty();
    assertThat(answers.getFirst().status()).isIn(400, 411, 413, 415);
    assertThat(answers).noneMatch(answer -> answer.body().equals("ok\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /healthz HTTP/1.1\nHost: ca.example.com:8443\n\n",
        "GET /healthz HTTP/1.1\r\nHost: ca.example.com:8443\nX: y\r\n\r\n",
        "GET /healthz HTTP/1.1\rHost: ca.example.com:8443\r\r",
        "GET /healthz HTTP/1.1 \r\nHost: ca.example.com:8443\r\n\r\n",
        "GET /healthz\r\n\r\n",
        "GET /healthz HTTP/2.0\r\nHost: ca.example.com:8443\r\n\r\n",
        "GET /healthz HTTP/1.9\r\nHost: ca.example.com:8443\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: ca.example.com:8443\r\nA\0B: c\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: ca.example.com:8443\r\nA: b\0c\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: ca.example.com:8443\r\nno colon\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: ca.example.com:8443\r\n: empty\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000"
      })
  void refusesWhatIsNotStrictHttp(String request) throws IOException {
    List<Answer> answers = server.raw().sendAll(request + "\r\n\r\n");
    assertThat(answers).allMatch(answer -> answer.status() >= 400 && answer.status() < 500);
    assertThat(answers).noneMatch(answer -> answer.body().equals("ok\n"));
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    String first = "GET /v1/client HTTP/1.1\r\n" + RunningServer.HOST + "\r\n";
    List<Answer> answers = server.raw().sendAll(first + HIDDEN);
    assertThat(answers).hasSize(2);
    assertThat(answers.get(1).body()).isEqualTo("ok\n");
  }

  /** R11: whatever comes in, no 5xx, and the server goes on. */
  @Test
  void survivesMutatedRequests() throws IOException {
    Random random = new Random(20261121);
    byte[] seed =
        RunningServer.request(
                "POST",
                "/v1/certificates",
                "{\"role\":\"prod-db-debug\"}",
                "Content-Type: application/json")
            .getBytes(StandardCharsets.ISO_8859_1);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutated = mutated(seed, random);
      Optional<Answer> answer = server.raw().sendAndFinish(mutated);
      String shown = new String(mutated, StandardCharsets.ISO_8859_1);
      assertThat(answer.map(Answer::status).orElse(400)).as(shown).isBetween(400, 499);
    }
    assertThat(server.get("/healthz").status()).isEqualTo(200);
    Figures.record(
        Goal.R11, SmugglingTest.class, "%d mutated requests, each answered with 4xx", ROUNDS);
  }

  /** Bytes changed in place; the end stays, so that the server need not wait for more. */
  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      bytes[random.nextInt(bytes.length - 24)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
