package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CASES 66 and 67 over a raw socket: nothing passes, nothing is a 5xx. */
final class RequestGuardTest {
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    server = RunningServer.start(); // with its default limit of failures: noise turns to 429
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/roles;a=b",
        "/v1;/roles",
        "/v1/%72oles",
        "/v1%2froles",
        "/v1/%2e%2e/v1/roles",
        "/v1/./roles",
        "/v1/../v1/roles",
        "//v1/roles",
        "/v1//roles",
        "/v1/roles//",
        "/v1/roles/..",
        "/v1/roles%00",
        "/v1/roles%",
        "/v1/roles%zz",
        "/v1/ro\\les",
        "/v1/roles#a",
        "/v1/\u00e9",
        "/%c0%ae%c0%ae/v1/roles",
        "http://evil.example/v1/roles",
        "evil.example/v1/roles",
        "*"
      })
  void refusesEveryOtherSpellingOfAPath(String target) throws IOException {
    Answer answer = server.raw().send(RunningServer.request("GET", target, ""));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isIn("bad_request", "path_not_plain", "target_invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/roles/", "/V1/roles", "/v1/Roles", "/v1/roles.json", "/", "/v1"})
  void plainPathsThatAreNoRouteAreNotFound(String target) throws IOException {
    Answer answer = server.get(target);
    assertThat(answer.status()).isIn(404, 429);
    assertThat(answer.code()).isIn("not_found", "too_many_failures");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE", "GET", "OPTIONS"})
  void refusesOtherMethodsOnARoute(String method) throws IOException {
    Answer answer = server.raw().send(RunningServer.request(method, "/v1/certificates", ""));
    assertThat(answer.status()).isIn(405, 429);
    assertThat(answer.code()).isIn("method_not_allowed", "too_many_failures");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "CONNECT", "PROPFIND", "get", "G\u00e9T"})
  void refusesOtherMethodsAltogether(String method) throws IOException {
    Answer answer = server.raw().send(RunningServer.request(method, "/healthz", ""));
    assertThat(answer.status()).isIn(400, 405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-HTTP-Method-Override: POST", "X-HTTP-Method: POST", "X-Method-Override: POST"})
  void aMethodCannotBeOverridden(String header) throws IOException {
    Answer answer = server.get("/v1/certificates", header);
    assertThat(answer.code()).isIn("method_override", "method_not_allowed", "too_many_failures");
    assertThat(server.post("/healthz", "", header.replace("POST", "GET")).code())
        .isIn("method_override", "method_not_allowed", "too_many_failures");
  }

  @Test
  void takesNoQueryWhereNoneIsDescribed() throws IOException {
    assertThat(server.get("/healthz?_method=POST").code())
        .isIn("unknown_parameter", "too_many_failures");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "ca.example.com",
        "ca.example.com:443",
        "ca.example.com:8443.evil.example",
        "127.0.0.1:8443",
        "ca.example.com:8443@evil.example"
      })
  void refusesAnotherHost(String host) throws IOException {
    Answer answer =
        server
            .raw()
            .send("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    assertThat(answer.status()).isIn(400, 403);
    assertThat(answer.code()).isIn("host_mismatch", "bad_request");
  }

  @Test
  void namesOfHeadersAndHostsHaveNoCase() throws IOException {
    String request =
        "GET /healthz HTTP/1.1\r\nhost: CA.Example.com:8443\r\nCONNECTION: Close\r\n\r\n";
    assertThat(server.raw().send(request).status()).isEqualTo(200);
  }

  @Test
  void refusesNoHostAndTwoHosts() throws IOException {
    assertThat(server.raw().send("GET /healthz HTTP/1.1\r\n\r\n").status()).isEqualTo(400);
    assertThat(server.raw().send("GET /healthz HTTP/1.0\r\n\r\n").status()).isEqualTo(403);
    String two = "GET /healthz HTTP/1.1\r\n" + RunningServer.HOST + RunningServer.HOST + "\r\n";
    assertThat(server.raw().send(two).status()).isEqualTo(400);
  }

  @Test
  void believesNoForwardedHost() throws IOException {
    String request =
        String.join(
            "\r\n",
            "GET /healthz HTTP/1.1",
            "Host: evil.example",
            "X-Forwarded-Host: ca.example.com:8443",
            "Forwarded: host=ca.example.com:8443",
            "",
            "");
    Answer answer = server.raw().send(request);
    assertThat(answer.code()).isEqualTo("host_mismatch");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://ca.example.com:8443",
        "Origin: https://ca.example.com:8443.evil.example",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void refusesPostsFromOtherSites(String header) throws IOException {
    Answer answer = server.post("/v1/certificates", "{}", header, "Content-Type: application/json");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("origin_refused");
    assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void answersNoPreflight() throws IOException {
    Answer answer =
        server
            .raw()
            .send(
                RunningServer.request(
                    "OPTIONS",
                    "/v1/certificates",
                    "",
                    "Origin: https://evil.example",
                    "Access-Control-Request-Method: POST"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
  }

  @Test
  void ourOwnOriginMayAsk() throws IOException {
    assertThat(server.get("/healthz", "Origin: " + RunningServer.ORIGIN).status()).isEqualTo(200);
  }

  @Test
  void problemsComeAsLinesWhereAsked() throws IOException {
    Answer answer = server.get("/healthz", "Origin: null", "Accept: text/plain");
    List<String> lines = answer.body().lines().toList();
    assertThat(lines).contains("status: 403", "code: origin_refused");
    assertThat(answer.header("content-type")).isEqualTo("text/plain;charset=utf-8");
  }
}
