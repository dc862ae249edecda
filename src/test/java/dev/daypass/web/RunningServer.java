package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.policy.address.Cidr;
import dev.daypass.web.RawHttp.Answer;
import dev.daypass.web.tls.Transport;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A real server on a free port of loopback, and requests to it that are checked by the contract.
 */
final class RunningServer implements AutoCloseable {
  static final String ORIGIN = "https://ca.example.com:8443";
  static final String HOST = "Host: ca.example.com:8443\r\n";
  static final Instant NOW = Instant.parse("2026-11-21T01:13:00Z");

  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final FakeBackend backend;
  private final WebServer server;
  private final RawHttp raw;

  private RunningServer(
      FakeBackend backend, Transport transport, List<Cidr> proxies, WebLimits limits)
      throws IOException {
    this.backend = backend;
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    this.server =
        WebServer.start(
            new WebSettings(ORIGIN, loopback, transport, Optional.of(loopback), proxies, limits),
            backend.backend(),
            meters,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new Random(1));
    this.raw = RawHttp.to(server.port());
  }

  static RunningServer start() throws IOException {
    return start(WebLimits.DEFAULT);
  }

  static RunningServer start(WebLimits limits) throws IOException {
    return new RunningServer(new FakeBackend(), new Transport.Loopback(), List.of(), limits);
  }

  static RunningServer over(FakeBackend backend) throws IOException {
    return new RunningServer(backend, new Transport.Loopback(), List.of(), WebLimits.DEFAULT);
  }

  static RunningServer behind(List<Cidr> proxies, WebLimits limits) throws IOException {
    return new RunningServer(new FakeBackend(), new Transport.BehindProxy(), proxies, limits);
  }

  static RunningServer tls(Transport.Tls files) throws IOException {
    return new RunningServer(new FakeBackend(), files, List.of(), WebLimits.DEFAULT);
  }

  RawHttp raw() {
    return raw;
  }

  RawHttp metrics() {
    return RawHttp.to(server.metricsPort().orElseThrow());
  }

  Socket metricsConnection() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.metricsPort().orElseThrow());
  }

  WebServer server() {
    return server;
  }

  Answer get(String target, String... headers) throws IOException {
    return checked("GET", target, request("GET", target, "", headers));
  }

  Answer post(String target, String body, String... headers) throws IOException {
    return checked("POST", target, request("POST", target, body, headers));
  }

  /** A request as an ordinary client sends it. */
  static String request(String method, String target, String body, String... headers) {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n" + HOST);
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    if (!body.isEmpty() || method.equals("POST")) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return request.append("Connection: close\r\n\r\n").append(body).toString();
  }

  /** No answer of a test escapes the contract. */
  private Answer checked(String method, String target, String request) throws IOException {
    Answer answer = raw.send(request);
    assertThat(OpenApi.violations(method, target, answer)).as(request).isEmpty();
    return answer;
  }

  @Override
  public void close() {
    server.close();
  }
}
