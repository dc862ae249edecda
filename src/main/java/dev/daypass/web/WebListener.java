package dev.daypass.web;

import dev.daypass.web.tls.PemTls;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;

/** One listening address: Javalin on a Jetty that is set up here and nowhere else. */
final class WebListener {
  private final WebLimits limits;
  private final Gate gate;
  private final ConnectionWatch watch;
  private final Javalin javalin;

  /** Written once, while Javalin puts its server together. */
  private volatile Optional<LocalConnector> inside = Optional.empty();

  WebListener(
      InetSocketAddress address,
      Optional<PemTls> tls,
      WebLimits limits,
      Gate gate,
      ConnectionWatch watch,
      RouteTable routes) {
    this.limits = limits;
    this.gate = gate;
    this.watch = watch;
    this.javalin =
        Javalin.create(config -> {
          plain(config);
          config.jetty.modifyServer(this::server);
          config.jetty.addConnector((server, _) -> connector(server, address, tls));
          config.jetty.addConnector((server, _) -> inside(server));
          routes.addTo(config);
        });
  }

  void start() {
    javalin.start();
  }

  int port() {
    return javalin.port();
  }

  /**
   * Answers a request that comes by no network, whatever others have connected: by the same threads
   * and handlers.
   */
  String answer(String request, Duration patience) throws IOException {
    LocalConnector connector =
        inside.orElseThrow(() -> new IOException("the listener is not started"));
    try {
      String answer =
          connector.getResponse(request, false, patience.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.ofNullable(answer)
          .orElseThrow(() -> new IOException("the listener does not answer"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // Jetty declares no less
      throw new IOException(e);
    }
  }

  void stop() {
    javalin.stop();
  }

  /** Javalin's conveniences that would give a path or an answer a second form. */
  private static void plain(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.concurrency.useVirtualThreads = true;
    config.router.ignoreTrailingSlashes = false;
    config.router.treatMultipleSlashesAsSingleSlash = false;
    config.router.caseInsensitiveRoutes = false;
    config.http.prefer405over404 = true;
    config.http.generateEtags = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
  }

  private void server(Server server) {
    LowResourceMonitor monitor = server.getBean(LowResourceMonitor.class);
    if (monitor != null) {
      server.removeBean(monitor); // the limits here take its place
    }
    server.setHandler(gate);
    server.setErrorHandler(gate.errorHandler());
    server.setStopTimeout(limits.receiveTimeout().toMillis());
  }

  private Connector connector(Server server, InetSocketAddress address, Optional<PemTls> tls) {
    StrictHttpFactory http = new StrictHttpFactory(httpConfiguration());
    ServerConnector connector =
        tls.map(pem ->
                new ServerConnector(
                    server, new SslConnectionFactory(pem.factory(), http.getProtocol()), http))
            .orElseGet(() -> new ServerConnector(server, http));
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(limits.idleTimeout().toMillis());
    connector.setReuseAddress(true);
    // Java's default is 50: of thousands of servers that come back at once after a restart, the
    // others would wait for seconds, believing that they are connected (listen(2), somaxconn).
    connector.setAcceptQueueSize(limits.maxConnections());
    connector.addBean(watch);
    server.addBean(new NetworkConnectionLimit(limits.maxConnections(), connector));
    return connector;
  }

  /** Outside of the limits: when they are used up, it still tells whether the server is well. */
  private Connector inside(Server server) {
    LocalConnector connector =
        new LocalConnector(server, new StrictHttpFactory(httpConfiguration()));
    inside = Optional.of(connector);
    return connector;
  }

  private static HttpConfiguration httpConfiguration() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setSendDateHeader(true); // the helper corrects its clock by it (DESIGN section 4)
    http.setRequestHeaderSize(WebLimits.MAX_HEADER_BYTES);
    http.setHttpCompliance(HttpCompliance.STRICT);
    http.setUriCompliance(UriCompliance.RFC3986);
    // No field is remembered from one request to the next: tokens and signatures differ each time,
    // and what was sent must reach us as it was sent, for it is signed.
    http.setHeaderCacheSize(0);
    http.setHeaderCacheCaseSensitive(true);
    http.setOutputBufferSize(8 * 1024);
    http.setOutputAggregationSize(8 * 1024);
    return http;
  }
}
