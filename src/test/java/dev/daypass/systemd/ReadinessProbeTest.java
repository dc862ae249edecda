package dev.daypass.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReadinessProbeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private HttpServer server;
  private String accept = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void isReady() throws Exception {
    answer(200, "ready: true\nchecks.ledger: ok\nchecks.rollback: unprotected\n");
    assertThat(probe().state()).isEqualTo("ready");
    assertThat(accept).isEqualTo("text/plain");
  }

  @Test
  void namesThePartThatIsNotReady() throws Exception {
    answer(
        503, "ready: false\nchecks.copy-1: failing\nchecks.issuance: ok\nchecks.ledger: clock\n");
    assertThat(probe().state()).isEqualTo("not ready: copy-1: failing, ledger: clock");
  }

  @Test
  void anotherAnswerIsNone() {
    answer(500, "");
    assertThatThrownBy(() -> probe().state())
        .isInstanceOf(IOException.class)
        .hasMessage("/readyz answers 500");
  }

  @Test
  void asksOnLoopbackWhereEveryAddressIsListenedOn() throws Exception {
    answer(200, "ready: true\n");
    InetSocketAddress all = new InetSocketAddress(server.getAddress().getPort());
    assertThat(new ReadinessProbe(all, PATIENCE).state()).isEqualTo("ready");
  }

  @Test
  void nobodyListens() {
    server.stop(0);
    assertThatThrownBy(() -> probe().state()).isInstanceOf(IOException.class);
  }

  /** A listener whose threads are all stuck still takes connections. */
  @Test
  void nobodyAnswers() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) silent.getLocalSocketAddress();
      ReadinessProbe probe = new ReadinessProbe(address, Duration.ofMillis(50));
      assertThatThrownBy(probe::state).isInstanceOf(IOException.class);
    }
  }

  private ReadinessProbe probe() {
    return new ReadinessProbe(server.getAddress(), PATIENCE);
  }

  private void answer(int status, String body) {
    server.createContext(
        "/readyz",
        exchange -> {
          accept = exchange.getRequestHeaders().getFirst("Accept");
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
