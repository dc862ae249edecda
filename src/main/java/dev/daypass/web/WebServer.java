package dev.daypass.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The running HTTP port: the API's listener and, if configured, the one for metrics. */
public final class WebServer implements AutoCloseable {
  private static final Duration TLS_LOOK = Duration.ofSeconds(10);
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final Optional<PemTls> tls;
  private final WebListener api;
  private final Optional<WebListener> metrics;
  private final ScheduledExecutorService upkeep;

  private WebServer(Optional<PemTls> tls, WebListener api, Optional<WebListener> metrics) {
    this.tls = tls;
    this.api = api;
    this.metrics = metrics;
    this.upkeep =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("web-upkeep").factory());
  }

  /**
   * Starts both listeners; they answer when this returns.
   *
   * @param random names requests; nothing secret
   * @throws IOException if the TLS files do not load
   */
  public static WebServer start(
      WebSettings settings,
      WebBackend backend,
      PrometheusMeterRegistry meters,
      Clock clock,
      RandomGenerator random)
      throws IOException {
    WebParts parts = new WebParts(settings, backend, meters, clock, random);
    WebServer server = new WebServer(parts.tls(), parts.api(), parts.metrics());
    server.api.start();
    server.metrics.ifPresent(WebListener::start);
    server.upkeep.scheduleWithFixedDelay(
        parts.watch()::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    server.upkeep.scheduleWithFixedDelay(
        server::reloadTls, TLS_LOOK.toMillis(), TLS_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return server;
  }

  public int port() {
    return api.port();
  }

  public OptionalInt metricsPort() {
    return metrics.map(listener -> OptionalInt.of(listener.port())).orElse(OptionalInt.empty());
  }

  /** Looks at the TLS files now; new ones are otherwise seen within ten seconds. */
  public void reloadTls() {
    tls.ifPresent(PemTls::reload);
  }

  /** Takes no new requests, lets those in work end, and returns. */
  @Override
  public void close() {
    upkeep.shutdownNow();
    api.stop();
    metrics.ifPresent(WebListener::stop);
  }
}
