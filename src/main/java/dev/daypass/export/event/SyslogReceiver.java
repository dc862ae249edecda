package dev.daypass.export.event;

import dev.daypass.outward.Event;
import dev.daypass.outward.OutwardTarget;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A receiver of syslog over TLS (RFC 5425). The protocol confirms nothing, and what lies in a
 * socket when it breaks is lost without a word; so each batch has a connection of its own, which we
 * end, and it counts as received when the receiver has ended its side in order (section 4.4): it
 * has read all before. One that breaks off instead is sent all of it again.
 *
 * <p>In order means an end of the connection, with or without TLS's close_notify: rsyslog's driver
 * gtls sends none. So a receiver, or a box on the way, that ends the connection in order without
 * having stored what it read loses that batch, and we do not notice.
 */
public final class SyslogReceiver implements OutwardTarget<Event> {
  private static final int BATCH = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MAX_TALK = 64 * 1024;

  private final String host;
  private final int port;
  private final TlsFiles tls;
  private final String hostname;
  private final Duration patience;

  /** What is under way, for the thread that closes. */
  private final AtomicReference<Optional<Socket>> underWay =
      new AtomicReference<>(Optional.empty());

  private volatile boolean closed;

  /**
   * @param hostname what messages say they are from
   */
  public SyslogReceiver(String host, int port, TlsFiles tls, String hostname) {
    this(host, port, tls, hostname, PATIENCE);
  }

  SyslogReceiver(String host, int port, TlsFiles tls, String hostname, Duration patience) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.hostname = hostname;
    this.patience = patience;
  }

  @Override
  public String name() {
    return "syslog " + host + ":" + port;
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public void send(List<Event> batch) throws IOException {
    // Closed from outside: a write to a receiver that reads nothing would never return, and a TLS
    // socket closes only once it has written its farewell.
    try (Socket socket = new Socket();
        Patience _ = Patience.of(patience, socket)) {
      underWay.set(Optional.of(socket));
      if (closed) {
        throw new IOException("it is closed");
      }
      socket.connect(new InetSocketAddress(host, port), Math.toIntExact(patience.toMillis()));
      send(batch, socket);
    } catch (IOException e) {
      throw new IOException(name() + ": " + e.getMessage(), e);
    } finally {
      underWay.set(Optional.empty());
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    Optional<Socket> socket = underWay.get();
    if (socket.isPresent()) {
      socket.get().close();
    }
  }

  private void send(List<Event> batch, Socket socket) throws IOException {
    SSLSocket secure =
        (SSLSocket) tls.context().getSocketFactory().createSocket(socket, host, port, false);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 5425, section 5.2: the name
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    OutputStream out = new BufferedOutputStream(secure.getOutputStream(), 16 * 1024);
    for (Event event : batch) {
      SyslogMessage.frame(event, hostname).writeTo(out);
    }
    out.flush();
    secure.shutdownOutput();
    awaitEnd(secure.getInputStream());
  }

  /** A receiver says nothing; what it says all the same is read past, up to a bound. */
  private static void awaitEnd(InputStream in) throws IOException {
    if (in.readNBytes(MAX_TALK).length == MAX_TALK) {
      throw new IOException("it answers, as no receiver of syslog does");
    }
  }
}
