package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CASES 66: a request line has one form, whatever Jetty would make of others. */
final class RequestLineTest {
  private static final String REST = "\r\n" + RunningServer.HOST + "Connection: close\r\n\r\n";

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
        "GET /healthz HTTP/1.1",
        "GET http://ca.example.com:8443/healthz HTTP/1.1",
        "\r\nGET /healthz HTTP/1.1",
      })
  void takesTheFormsThatTheStandardNames(String line) throws IOException {
    Answer answer = answer(line + REST);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("ok\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET  /healthz HTTP/1.1",
        "GET   /healthz HTTP/1.1",
        "GET /healthz  HTTP/1.1",
        "GET /healthz HTTP/1.1  ",
        " GET /healthz HTTP/1.1",
        "\r\n GET /healthz HTTP/1.1",
        "GET\t/healthz HTTP/1.1",
        "GET http:/healthz HTTP/1.1",
        "GET https:/healthz HTTP/1.1",
        "GET http:healthz HTTP/1.1",
        "GET HTTP:/healthz HTTP/1.1",
        "GET ftp://ca.example.com:8443/healthz HTTP/1.1",
        "GET healthz HTTP/1.1",
        "GET * HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "CONNECT ca.example.com:8443 HTTP/1.1"
      })
  void refusesEachOther(String line) throws IOException {
    Answer answer = answer(line + REST);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("bad_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET  /healthz HTTP/1.1", "GET /healthz  HTTP/1.1", "GET http:/healthz HTTP/1.1"})
  void refusesItWhereverThePacketEnds(String line) throws IOException {
    String request = line + REST;
    for (int first = 1; first <= line.length(); first++) {
      assertThat(inTwoPackets(request, first)).as("%d bytes first", first).isEqualTo(400);
    }
  }

  @Test
  void takesAGoodLineWhereverThePacketEnds() throws IOException {
    String request = "GET /healthz HTTP/1.1" + REST;
    for (int first = 1; first <= request.length() - 1; first += 3) {
      assertThat(inTwoPackets(request, first)).as("%d bytes first", first).isEqualTo(200);
    }
  }

  @Test
  void looksAtEachRequestOfAConnection() throws IOException {
    String good = "GET /healthz HTTP/1.1\r\n" + RunningServer.HOST + "X: two  spaces\r\n\r\n";
    List<Answer> answers = server.raw().sendAll(good + good + "GET  /healthz HTTP/1.1" + REST);
    // Jetty may end the connection before it answers what was pipelined behind good requests.
    assertThat(answers).extracting(Answer::status).startsWith(200, 200);
    assertThat(answers.subList(2, answers.size())).allMatch(answer -> answer.status() == 400);
  }

  @Test
  void looksAtNoBody() throws IOException {
    String body = "{\"a\":  1}\n  \n";
    Answer answer = server.post("/v1/certificates", body, "Content-Type: application/json");
    assertThat(answer.status()).isEqualTo(401);
  }

  private static Answer answer(String request) throws IOException {
    return server.raw().send(request.getBytes(StandardCharsets.ISO_8859_1)).orElseThrow();
  }

  private static int inTwoPackets(String request, int first) throws IOException {
    byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
    try (Socket socket = server.raw().open()) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      out.write(bytes, 0, first);
      out.flush();
      // Whether the server reads between the two is up to it; it answers the same.
      out.write(bytes, first, bytes.length - first);
      Optional<Answer> answer = RawHttp.read(socket.getInputStream());
      return answer.orElseThrow().status();
    }
  }
}
