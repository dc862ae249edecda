package dev.daypass.export.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.outward.SendLater;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WebhookTest {
  private static final WebhookSecret SECRET =
      WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final Instant NOW = Instant.ofEpochSecond(1614265330);

  private final List<HttpExchange> heard = Collections.synchronizedList(new ArrayList<>());
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;
  private Answer answer = exchange -> exchange.sendResponseHeaders(204, -1);

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          heard.add(exchange);
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer.to(exchange);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  @Test
  void sendsEachEventSigned() throws Exception {
    try (Webhook webhook = webhook(Duration.ofSeconds(10))) {
      webhook.send(SomeEvents.from(7, 9));
    }
    assertThat(bodies).isEqualTo(SomeEvents.lines(7, 9));
    for (int i = 0; i < 2; i++) {
      var headers = heard.get(i).getRequestHeaders();
      String id = headers.getFirst("webhook-id");
      assertThat(id).matches("msg_[A-Za-z0-9_-]{27}");
      assertThat(headers.getFirst("webhook-timestamp")).isEqualTo("1614265330");
      assertThat(headers.getFirst("webhook-signature"))
          .isEqualTo(SECRET.signature(id, 1614265330, Bytes.ofUtf8(bodies.get(i))));
      assertThat(headers.getFirst("Content-Type")).isEqualTo("application/json");
      assertThat(heard.get(i).getRequestMethod()).isEqualTo("POST");
    }
  }

  @Test
  void theIdIsTheSameAtEachTryAndOfNoOtherEvent() throws Exception {
    try (Webhook webhook = webhook(Duration.ofSeconds(10))) {
      webhook.send(SomeEvents.from(7, 8));
      webhook.send(SomeEvents.from(7, 9));
    }
    List<String> ids =
        heard.stream().map(e -> e.getRequestHeaders().getFirst("webhook-id")).toList();
    assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
  }

  @Test
  void whatIsNotTakenIsAFailure() throws Exception {
    for (int status : new int[] {200, 201, 299}) {
      answer = exchange -> exchange.sendResponseHeaders(status, -1);
      try (Webhook webhook = webhook(Duration.ofSeconds(10))) {
        webhook.send(SomeEvents.from(0, 1));
      }
    }
    for (int status : new int[] {304, 400, 401, 410, 500}) {
      answer = exchange -> exchange.sendResponseHeaders(status, -1);
      requireFailure("answers " + status);
    }
  }

  @Test
  void whatMayBeASecretIsNotInTheName() {
    URI slack = URI.create("https://hooks.example.com/services/T0/secret?key=other");
    try (Webhook webhook = new Webhook(slack, SECRET, () -> NOW)) {
      assertThat(webhook.name()).isEqualTo("https://hooks.example.com");
      assertThat(webhook.positionKey()).isEqualTo(slack.toString());
      assertThat(new AlarmWebhook(webhook).positionKey()).isEqualTo(webhook.positionKey());
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    answer =
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
        };
    requireFailure("answers 307");
    assertThat(heard).hasSize(1);
  }

  @Test
  void aReceiverThatIsBusyNamesThePause() throws Exception {
    answer =
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "30");
          exchange.sendResponseHeaders(429, -1);
        };
    try (Webhook webhook = webhook(Duration.ofSeconds(10))) {
      assertThatExceptionOfType(SendLater.class)
          .isThrownBy(() -> webhook.send(SomeEvents.from(0, 1)));
    }
  }

  @Test
  void aBodyWithoutEndIsNotWaitedFor() throws Exception {
    answer =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("and so on".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          awaitEnd();
        };
    try (Webhook webhook = webhook(Duration.ofSeconds(10))) {
      webhook.send(SomeEvents.from(0, 1));
    }
    assertThat(bodies).hasSize(1);
  }

  @Test
  void aReceiverThatHangsIsAFailure() throws Exception {
    answer = _ -> awaitEnd();
    try (Webhook webhook = webhook(Duration.ofMillis(200))) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> webhook.send(SomeEvents.from(0, 1)))
          .withMessageContaining("HttpTimeoutException");
    }
  }

  @Test
  void garbageIsAFailure() throws Exception {
    try (ServerSocket garbage = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> {
        try (Socket socket = garbage.accept()) {
          socket
              .getOutputStream()
              .write("\u0000\u0001 no HTTP\r\n\r\n".getBytes(StandardCharsets.UTF_8));
          socket.shutdownOutput();
          socket.getInputStream().readAllBytes();
        } catch (IOException _) {
          // The client saw enough.
        }
      });
      URI url = URI.create("http://127.0.0.1:" + garbage.getLocalPort() + "/");
      try (Webhook webhook = new Webhook(url, SECRET, () -> NOW, Duration.ofSeconds(10))) {
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> webhook.send(SomeEvents.from(0, 1)))
            .withMessageContaining("cannot be reached");
      }
    }
  }

  private void requireFailure(String why) throws Exception {
    try (Webhook webhook = webhook(Duration.ofSeconds(10))) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> webhook.send(SomeEvents.from(0, 1)))
          .withMessageContaining(why);
    }
  }

  private Webhook webhook(Duration patience) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/in");
    return new Webhook(url, SECRET, () -> NOW, patience);
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
