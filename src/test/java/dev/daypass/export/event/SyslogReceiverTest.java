package dev.daypass.export.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a receiver of the JDK's TLS, which reads frames strictly as RFC 5425 has them. */
@Timeout(60)
final class SyslogReceiverTest {
  private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch end = new CountDownLatch(1);
  @TempDir private Path folder;
  private TestPair server;
  private TestPair client;
  private Path authority;
  private ServerSocket listener;

  @BeforeEach
  void make() throws Exception {
    listener = new ServerSocket(); // each test has its own way to listen
    server = TestPair.of("localhost");
    client = TestPair.of("ca.example.com");
    authority = server.writeCertificate(folder.resolve("ca.pem"));
  }

  @AfterEach
  void stop() throws IOException {
    end.countDown();
    listener.close();
  }

  @Test
  void sendsEachEventAsAFrameOfOneMessage() throws Exception {
    listen(server, this::readFrames);
    receiver(new TlsFiles(Optional.of(authority), Optional.empty()), 10)
        .send(SomeEvents.from(0, 300));
    assertThat(messages)
        .isEqualTo(
            LongStream.range(0, 300)
                .mapToObj(n ->
                    "<110>1 2026-11-21T01:13:00.123Z ca.example.com daypassd - certificate.granted"
                        + " - {\"n\":"
                        + n
                        + "}")
                .toList());
  }

  @Test
  void showsItsCertificateToAReceiverThatAsks() throws Exception {
    TlsFiles files =
        new TlsFiles(
            Optional.of(authority),
            Optional.of(
                new TlsFiles.Pair(
                    client.writeCertificate(folder.resolve("client.pem")),
                    client.writeKey(folder.resolve("client.key")))));
    listen(server, this::readFrames, client);
    receiver(files, 10).send(SomeEvents.from(0, 1));
    assertThat(messages).hasSize(1);
    requireFailure(new TlsFiles(Optional.of(authority), Optional.empty()), 10);
  }

  @Test
  void anotherNamesCertificateIsRefused() throws Exception {
    TestPair other = TestPair.of("other.example.com");
    Path trusted = other.writeCertificate(folder.resolve("other.pem"));
    listen(other, this::readFrames);
    requireFailure(new TlsFiles(Optional.of(trusted), Optional.empty()), 10);
    assertThat(messages).isEmpty();
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
    listen(TestPair.of("localhost"), this::readFrames);
    requireFailure(new TlsFiles(Optional.of(authority), Optional.empty()), 10);
    assertThat(messages).isEmpty();
  }

  @Test
  void aReceiverThatBreaksOffHasNotReceived() throws Exception {
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    var tls = server.server().getSocketFactory();
    Thread.startVirtualThread(() -> {
      try (Socket plain = listener.accept()) {
        SSLSocket secure = (SSLSocket) tls.createSocket(plain, plain.getInputStream(), true);
        secure.startHandshake();
        plain.setSoLinger(true, 0); // a reset without a farewell, as of one that was killed
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    });
    requireFailure(new TlsFiles(Optional.of(authority), Optional.empty()), 10);
  }

  @Test
  void aReceiverThatHangsIsAFailure() throws Exception {
    listen(server, _ -> end.await());
    requireFailure(new TlsFiles(Optional.of(authority), Optional.empty()), 1);
  }

  @Test
  void aListenerThatNeverBeginsTlsIsAFailure() throws Exception {
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> {
      try (Socket _ = listener.accept()) {
        end.await();
      } catch (IOException | InterruptedException _) {
        // The test is over.
      }
    });
    requireFailure(new TlsFiles(Optional.of(authority), Optional.empty()), 1);
  }

  @Test
  void garbageIsAFailure() throws Exception {
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> {
      try (Socket socket = listener.accept()) {
        socket.getOutputStream().write("no TLS\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
        end.await();
      } catch (IOException | InterruptedException _) {
        // The test is over.
      }
    });
    requireFailure(new TlsFiles(Optional.of(authority), Optional.empty()), 10);
  }

  @Test
  void closingEndsWhatIsUnderWay() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    listen(
        server,
        _ -> {
          reached.countDown();
          end.await();
        });
    SyslogReceiver receiver = receiver(new TlsFiles(Optional.of(authority), Optional.empty()), 50);
    Thread.startVirtualThread(() -> {
      try {
        reached.await();
        receiver.close();
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    });
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> receiver.send(SomeEvents.from(0, 1)));
    assertThatExceptionOfType(IOException.class)
        .as("and nothing begins any more")
        .isThrownBy(() -> receiver.send(SomeEvents.from(0, 1)))
        .withMessageContaining("closed");
  }

  private interface Receiving {
    void from(SSLSocket socket) throws Exception;
  }

  private void listen(TestPair pair, Receiving receiving, TestPair... clients) throws Exception {
    SSLServerSocket secure =
        (SSLServerSocket)
            pair.server(clients)
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    secure.setNeedClientAuth(clients.length > 0);
    listener = secure;
    Thread.startVirtualThread(() -> {
      while (true) {
        try (SSLSocket socket = (SSLSocket) secure.accept()) {
          socket.startHandshake();
          receiving.from(socket);
        } catch (Exception e) {
          if (secure.isClosed()) {
            return;
          }
        }
      }
    });
  }

  /** MSG-LEN SP SYSLOG-MSG, until the sender ends it (RFC 5425, section 4.3). */
  private void readFrames(SSLSocket socket) throws IOException {
    InputStream in = socket.getInputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      StringBuilder length = new StringBuilder();
      while (next != ' ') {
        length.append((char) next);
        next = in.read();
      }
      assertThat(length.toString()).matches("[1-9][0-9]*");
      byte[] message = in.readNBytes(Integer.parseInt(length.toString()));
      messages.add(new String(message, StandardCharsets.UTF_8));
    }
  }

  private void requireFailure(TlsFiles files, int seconds) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> receiver(files, seconds).send(SomeEvents.from(0, 1)))
        .withMessageStartingWith("syslog localhost:" + listener.getLocalPort() + ": ");
  }

  private SyslogReceiver receiver(TlsFiles files, int seconds) {
    return new SyslogReceiver(
        "localhost", listener.getLocalPort(), files, "ca.example.com", Duration.ofSeconds(seconds));
  }
}
