package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.policy.address.Cidr;
import dev.daypass.web.RawHttp.Answer;
import dev.daypass.web.quota.CertificateQuotas;
import dev.daypass.web.quota.Quota;
import dev.daypass.web.tls.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** RELIABILITY's checklist and R12, R14: what one client can take is bounded. */
final class LimitsTest {
  private static final String POST =
      "POST /v1/certificates HTTP/1.1\r\n"
          + RunningServer.HOST
          + "Authorization: Bearer good-token\r\nContent-Type: application/json\r\n";

  private static WebLimits limits(int inFlight, Duration receive) {
    return new WebLimits(
        64,
        64,
        inFlight,
        Duration.ofSeconds(10),
        receive,
        Duration.ofSeconds(20),
        WebLimits.DEFAULT.failures(),
        WebLimits.DEFAULT.certificates());
  }

  /** The watchdog asks from within: whoever uses up the connections must not have it end us. */
  @Test
  void answersThisProcessWhenNobodyElseCanConnect() throws IOException {
    WebLimits two =
        new WebLimits(
            2,
            64,
            64,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            WebLimits.DEFAULT.failures(),
            WebLimits.DEFAULT.certificates());
    String ask = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain\r\n\r\n";
    try (RunningServer server = RunningServer.start(two);
        Socket first = server.metricsConnection();
        Socket second = server.metricsConnection()) {
      for (Socket socket : List.of(first, second)) {
        socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      for (int i = 0; i < 3; i++) {
        assertThat(server.server().answer(ask, Duration.ofSeconds(30)))
            .startsWith("HTTP/1.1 200 ")
            .contains("ready: true");
      }
    }
  }

  @Test
  void headersBeyond8KibAreRefused() throws IOException {
    try (RunningServer server = RunningServer.start()) {
      Answer answer = server.get("/healthz", "X: " + "a".repeat(8 * 1024));
      assertThat(answer.status()).isEqualTo(431);
      assertThat(answer.code()).isEqualTo("headers_too_large");
      assertThat(server.get("/healthz", "X: " + "a".repeat(7 * 1024)).status()).isEqualTo(200);
    }
  }

  @Test
  void aHundredThousandHeadersAreRefused() throws IOException {
    try (RunningServer server = RunningServer.start()) {
      String request =
          "GET /healthz HTTP/1.1\r\n" + RunningServer.HOST + "A: b\r\n".repeat(100_000);
      Optional<Answer> answer = server.raw().send(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(answer.map(Answer::status).orElse(431)).isEqualTo(431);
      assertThat(server.get("/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void targetsBeyond2KibAreRefused() throws IOException {
    try (RunningServer server = RunningServer.start()) {
      Answer answer = server.get("/" + "a".repeat(2 * 1024));
      assertThat(answer.status()).isEqualTo(414);
      assertThat(answer.code()).isEqualTo("target_too_long");
    }
  }

  /** Entra ID's authorization codes are longer than any target of our own. */
  @Test
  void aCallbackMayCarryALongCode() throws IOException {
    try (RunningServer server = RunningServer.start()) {
      String callback = "/callback/entra?state=x&code=";
      assertThat(server.get(callback + "a".repeat(4096)).code()).isEqualTo("sign_in_invalid");
      assertThat(server.get(callback + "a".repeat(6 * 1024)).status()).isEqualTo(414);
      assertThat(server.get("/v1/roles?x=" + "a".repeat(4096)).status()).isEqualTo(414);
    }
  }

  /** What is answered before its body came ends the connection: the client must know that. */
  @Test
  void anAnswerThatWaitsForNoBodySaysThatTheConnectionEnds() throws IOException {
    try (RunningServer server = RunningServer.start()) {
      for (String route : List.of("/v1/nothing", "/login/AAAAAAAAAAAAAAAAAAAAAA/consent")) {
        Answer early = onOpenConnection(server, route, 10);
        assertThat(early.status()).as(route).isBetween(400, 499);
        assertThat(early.header("connection")).as(route).isEqualTo("close");
        assertThat(onOpenConnection(server, route, 0).header("connection")).as(route).isEmpty();
      }
    }
  }

  private static Answer onOpenConnection(RunningServer server, String route, int length)
      throws IOException {
    try (Socket socket = server.raw().open()) {
      String head = "POST " + route + " HTTP/1.1\r\n" + RunningServer.HOST;
      socket.getOutputStream().write(ascii(head + "Content-Length: " + length + "\r\n\r\n"));
      return RawHttp.read(socket.getInputStream()).orElseThrow();
    }
  }

  @Test
  void aBodyThatDripsIsGivenUp() throws IOException {
    try (RunningServer server = RunningServer.start(limits(8, Duration.ofSeconds(1)));
        Socket socket = server.raw().open()) {
      OutputStream out = socket.getOutputStream();
      out.write(ascii(POST + "Content-Length: 1000\r\n\r\n"));
      long start = System.nanoTime();
      drip(out, socket, 20_000);
      Optional<Answer> answer = RawHttp.read(socket.getInputStream());
      assertThat(answer.map(Answer::status).orElse(408)).isEqualTo(408);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void aHeadThatDripsIsGivenUp() throws IOException {
    try (RunningServer server = RunningServer.start(limits(8, Duration.ofSeconds(1)));
        Socket socket = server.raw().open()) {
      OutputStream out = socket.getOutputStream();
      out.write(ascii("GET /healthz HTTP/1.1\r\nX: "));
      long start = System.nanoTime();
      drip(out, socket, 20_000);
      assertThat(RawHttp.read(socket.getInputStream())).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }
  }

  /** A byte whenever the server has not answered for a tenth of a second. */
  private static void drip(OutputStream out, Socket socket, int maxBytes) throws IOException {
    socket.setSoTimeout(100);
    for (int i = 0; i < maxBytes; i++) {
      try {
        out.write('x');
        if (waited(socket)) {
          return;
        }
      } catch (SocketException e) {
        return; // closed, as it shall be
      }
    }
  }

  /** Whether the server said or ended something within the socket's timeout. */
  private static boolean waited(Socket socket) throws IOException {
    try {
      socket.getInputStream().read();
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    }
  }

  @Test
  void moreRequestsThanCanBeInWorkAreShedAtOnce() throws Exception {
    CountDownLatch arrived = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    try (RunningServer server = RunningServer.start(limits(2, Duration.ofSeconds(5)));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      server.backend.files.checkpoint =
          () -> {
            arrived.countDown();
            await(go);
            return "ca\n1\n" + "A".repeat(43) + "=\n\n— ca UkVB\n";
          };
      List<Future<Answer>> working = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        working.add(clients.submit(() -> server.get("/ledger/checkpoint")));
      }
      arrived.await();
      Answer shed = server.get("/healthz");
      assertThat(shed.status()).isEqualTo(503);
      assertThat(shed.code()).isEqualTo("overloaded");
      assertThat(shed.header("retry-after")).isEqualTo("1");
      go.countDown();
      for (Future<Answer> each : working) {
        assertThat(each.get().status()).isEqualTo(200);
      }
      assertThat(server.get("/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void oneIdentityCannotTakeEveryPlace() throws Exception {
    CountDownLatch arrived = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    try (RunningServer server = RunningServer.start(limits(16, Duration.ofSeconds(5)));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      server.backend.outcome =
          (_, context) -> {
            arrived.countDown();
            await(go);
            return IssuedSample.issued(context.provenKey(), RunningServer.NOW);
          };
      List<Future<Answer>> working = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        working.add(clients.submit(() -> issue(server)));
      }
      arrived.await();
      Answer third = issue(server);
      assertThat(third.status()).isEqualTo(503);
      assertThat(third.code()).isEqualTo("overloaded");
      assertThat(third.header("retry-after")).isEqualTo("1");
      assertThat(server.get("/healthz").status()).as("places are left").isEqualTo(200);
      go.countDown();
      for (Future<Answer> each : working) {
        assertThat(each.get().status()).isEqualTo(201);
      }
      assertThat(issue(server).status()).isEqualTo(201);
      assertThat(server.backend.recorded).as("being busy refuses nobody").isEmpty();
    }
  }

  @Test
  void whoAsksForTooManyCertificatesWaits() throws IOException {
    Quota two = new Quota(2, Duration.ofHours(1));
    Quota many = new Quota(1000, Duration.ofHours(1));
    WebLimits few =
        new WebLimits(
            64,
            64,
            64,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            many,
            new CertificateQuotas(two, many, many, many));
    try (RunningServer server = RunningServer.start(few)) {
      assertThat(issue(server).status()).isEqualTo(201);
      assertThat(issue(server).status()).isEqualTo(201);
      Answer third = issue(server);
      assertThat(third.status()).isEqualTo(429);
      assertThat(third.code()).isEqualTo("too_many_certificates");
      assertThat(Integer.parseInt(third.header("retry-after"))).isBetween(1700, 1800);
      assertThat(third.body()).as("a refusal of somebody known is an entry").contains("\"entry\"");
      assertThat(server.backend.recorded)
          .singleElement()
          .satisfies(reason -> assertThat(reason.code()).isEqualTo("too_many_certificates"));
      assertThat(server.backend.requests).as("nothing was issued").hasSize(2);
    }
  }

  private static Answer issue(RunningServer server) throws IOException {
    return server.post(
        "/v1/certificates",
        "{\"public_key\":\"" + FakeBackend.KEY_LINE + "\",\"role\":\"r\"}",
        "Authorization: Bearer " + FakeBackend.TOKEN,
        "Daypass-Possession: SSHSIG v=1,t=1,n=x,s=y",
        "Content-Type: application/json");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void behindAProxyNobodyElseIsServed() throws IOException {
    List<Cidr> elsewhere = List.of(Cidr.parse("192.0.2.0/24").orElseThrow());
    try (RunningServer server = RunningServer.behind(elsewhere, WebLimits.DEFAULT)) {
      assertThat(server.get("/healthz", "X-Forwarded-For: 192.0.2.1").code())
          .isEqualTo("proxy_required");
    }
  }

  @Test
  void theProxysWordForTheAddressReachesIssuance() throws IOException {
    List<Cidr> loopback = List.of(Cidr.parse("127.0.0.0/8").orElseThrow());
    try (RunningServer server = RunningServer.behind(loopback, WebLimits.DEFAULT)) {
      issue(server, "X-Forwarded-For: 198.51.100.1, 203.0.113.7");
      assertThat(server.backend.contexts.getFirst().address().orElseThrow())
          .hasToString("203.0.113.7");
    }
    try (RunningServer server = RunningServer.start()) {
      issue(server, "X-Forwarded-For: 203.0.113.7");
      assertThat(server.backend.contexts.getFirst().address().orElseThrow())
          .hasToString("127.0.0.1");
    }
  }

  private static void issue(RunningServer server, String header) throws IOException {
    String body = "{\"public_key\":\"" + FakeBackend.KEY_LINE + "\",\"role\":\"r\"}";
    Answer answer =
        server.post(
            "/v1/certificates",
            body,
            header,
            "Authorization: Bearer " + FakeBackend.TOKEN,
            "Daypass-Possession: x",
            "Content-Type: application/json");
    assertThat(answer.status()).isEqualTo(201);
  }

  @Test
  void anAddressThatIsTakenIsSaid() throws IOException {
    try (RunningServer server = RunningServer.start()) {
      InetSocketAddress taken =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.server().port());
      WebSettings settings = settings(taken, new Transport.Loopback());
      assertThatThrownBy(() ->
              WebServer.start(
                  settings,
                  server.backend.backend(),
                  server.meters,
                  Clock.systemUTC(),
                  new Random(1)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen");
    }
  }

  @Test
  void plainHttpIsRefusedBeyondLoopback() {
    InetSocketAddress everywhere = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);
    assertThatThrownBy(() -> settings(everywhere, new Transport.Loopback()))
        .hasMessageContaining("loopback");
    assertThatThrownBy(() -> settings(everywhere, new Transport.BehindProxy()))
        .hasMessageContaining("proxy's address");
  }

  private static WebSettings settings(InetSocketAddress address, Transport transport) {
    return new WebSettings(
        RunningServer.ORIGIN, address, transport, Optional.empty(), List.of(), WebLimits.DEFAULT);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
