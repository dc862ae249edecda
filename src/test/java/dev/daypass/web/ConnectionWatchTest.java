package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watch on real connections of a bare Jetty, with a clock that the test moves. */
final class ConnectionWatchTest {
  private static final WebLimits LIMITS =
      new WebLimits(
          64,
          3,
          8,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          WebLimits.DEFAULT.failures(),
          WebLimits.DEFAULT.certificates());

  private final AtomicLong now = new AtomicLong();
  private final ConnectionWatch watch = new ConnectionWatch(LIMITS, _ -> false, now::get);
  private final Server server = new Server();
  private final ServerConnector connector =
      new ServerConnector(server, new HttpConnectionFactory());
  private final List<Socket> clients = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    connector.setHost("127.0.0.1");
    connector.addBean(watch);
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            response.write(true, null, callback);
            return true;
          }
        });
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket client : clients) {
      client.close();
    }
    server.stop();
  }

  @Test
  void closesAConnectionThatNeverAsks() throws IOException {
    Socket client = connect(1);
    elapse(9);
    assertThat(isOpen(client)).isTrue();
    elapse(2);
    assertThat(isOpen(client)).isFalse();
  }

  @Test
  void closesAHeadThatDrips() throws IOException {
    Socket client = connect(1);
    for (int second = 0; second < 11; second++) {
      client.getOutputStream().write('G');
      elapse(1);
    }
    assertThat(isOpen(client)).isFalse();
  }

  @Test
  void leavesARestingConnectionToTheIdleTimeout() throws IOException {
    Socket client = connect(1);
    for (int minute = 0; minute < 5; minute++) {
      client
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(RawHttp.read(client.getInputStream()).orElseThrow().status()).isEqualTo(200);
      elapse(30);
      elapse(30);
    }
    assertThat(isOpen(client)).isTrue();
  }

  @Test
  void closesMoreThanOneAddressMayHave() throws IOException {
    for (int i = 1; i <= 3; i++) {
      connect(i);
    }
    Socket fourth = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    clients.add(fourth);
    fourth.setSoTimeout(RawHttp.PATIENCE_MILLIS);
    assertThat(fourth.getInputStream().read()).isEqualTo(-1);
    assertThat(isOpen(clients.getFirst())).isTrue();
  }

  @Test
  void forgetsClosedConnections() throws IOException {
    connect(1).close();
    await(watch::connections, 0);
    await(watch::addresses, 0);
  }

  private Socket connect(int expected) throws IOException {
    Socket client = new Socket();
    client.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort()));
    client.setSoTimeout(RawHttp.PATIENCE_MILLIS);
    clients.add(client);
    awaitConnections(expected);
    return client;
  }

  private void awaitConnections(int expected) {
    await(watch::connections, expected);
  }

  private static void await(IntSupplier count, int expected) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (count.getAsInt() != expected && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(count.getAsInt()).isEqualTo(expected);
  }

  private void elapse(int seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    watch.sweep();
  }

  private static boolean isOpen(Socket client) throws IOException {
    client.setSoTimeout(200);
    try {
      return client.getInputStream().read() >= 0;
    } catch (java.net.SocketTimeoutException e) {
      return true;
    } catch (java.net.SocketException e) {
      return false;
    }
  }
}
