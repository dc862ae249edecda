package dev.daypass.web;

import dev.daypass.fleet.answer.NewsBoard;
import dev.daypass.revocation.publish.KrlShelf;
import dev.daypass.web.api.WaitingRoom;
import dev.daypass.web.tls.PemTls;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running HTTP port: the API's listener and, if configured, the one for metrics. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final Duration TLS_LOOK = Duration.ofSeconds(10);
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final Optional<PemTls> tls;
  private final WaitingRoom room;
  private final KrlShelf krls;
  private final NewsBoard news;
  private final WebListener api;
  private final Optional<WebListener> metrics;
  private final Set<String> routes;
  private final ScheduledExecutorService upkeep;

  private WebServer(WebParts parts) {
    this.tls = parts.tls();
    this.room = parts.room();
    this.krls = parts.shelf();
    this.news = parts.news();
    this.api = parts.api();
    this.metrics = parts.metrics();
    this.routes = parts.routes();
    this.upkeep =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("web-upkeep").factory());
  }

  /**
   * Starts both listeners; they answer when this returns.
   *
   * @param random names requests; nothing secret
   * @throws IOException if the TLS files do not load or an address cannot be listened on
   */
  public static WebServer start(
      WebSettings settings,
      WebBackend backend,
      PrometheusMeterRegistry meters,
      Clock clock,
      RandomGenerator random)
      throws IOException {
    WebParts parts = new WebParts(settings, backend, meters, clock, random);
    WebServer server = new WebServer(parts);
    try {
      server.api.start();
      server.metrics.ifPresent(WebListener::start);
    } catch (RuntimeException e) { // Javalin's: the address is taken, or may not be
      server.close();
      throw new IOException("cannot listen: " + e.getMessage(), e);
    }
    server.repeat(SWEEP, parts.watch()::sweep);
    server.repeat(TLS_LOOK, server::reloadTls);
    return server;
  }

  public int port() {
    return api.port();
  }

  public OptionalInt metricsPort() {
    return metrics.map(listener -> OptionalInt.of(listener.port())).orElse(OptionalInt.empty());
  }

  /**
   * What the listener for metrics, or else the API's, answers to a request from within this
   * process.
   *
   * @param request as HTTP/1.1 has it
   * @throws IOException if there is no answer in time
   */
  public String answer(String request, Duration patience) throws IOException {
    return metrics.orElse(api).answer(request, patience);
  }

  /** Every route of both listeners, as {@code GET /path}. */
  Set<String> routes() {
    return routes;
  }

  /** Looks at the TLS files now; new ones are otherwise seen within ten seconds. */
  public void reloadTls() {
    tls.ifPresent(PemTls::reload);
  }

  /** Takes no new requests, lets those in work end, and returns. */
  @Override
  public void close() {
    upkeep.shutdownNow();
    room.close();
    krls.close();
    news.close();
    api.stop();
    metrics.ifPresent(WebListener::stop);
  }

  private void repeat(Duration pause, Runnable work) {
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.error("upkeep failed; it is tried again", e);
          }
        };
    // Its future says nothing that the guard did not log.
    var _ =
        upkeep.scheduleWithFixedDelay(
            guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }
}
