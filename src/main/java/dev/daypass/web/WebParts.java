package dev.daypass.web;

import dev.daypass.web.api.BearerAuthentication;
import dev.daypass.web.api.CertificateRoutes;
import dev.daypass.web.api.Dispatcher;
import dev.daypass.web.api.Endpoint;
import dev.daypass.web.api.HealthRoutes;
import dev.daypass.web.api.PublicRoutes;
import dev.daypass.web.api.RoleRoutes;
import dev.daypass.web.tls.PemTls;
import dev.daypass.web.tls.Transport;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pieces of the HTTP port, put together but not started. */
final class WebParts {
  private final WebSettings settings;
  private final WebBackend backend;
  private final HealthRoutes health;
  private final Clock clock;
  private final PrometheusMeterRegistry meters;
  private final RequestIds ids;
  private final RefusalMeters refusals;
  private final ConnectionWatch watch;
  private final Optional<PemTls> tls;

  WebParts(
      WebSettings settings,
      WebBackend backend,
      PrometheusMeterRegistry meters,
      Clock clock,
      RandomGenerator random)
      throws IOException {
    this.settings = settings;
    this.backend = backend;
    this.meters = meters;
    this.clock = clock;
    this.health = new HealthRoutes(backend.readiness(), meters::scrape);
    this.ids = new RequestIds(random);
    this.refusals =
        new RefusalMeters(
            meters, new NoiseLimiter(settings.limits().failuresPerMinute(), System::nanoTime));
    this.watch =
        new ConnectionWatch(
            settings.limits(),
            address -> address.isLoopbackAddress() || settings.isTrustedProxy(address),
            System::nanoTime);
    this.tls =
        settings.transport() instanceof Transport.Tls files
            ? Optional.of(PemTls.open(files))
            : Optional.empty();
    meters.gauge("daypass.http.connections", watch, ConnectionWatch::connections);
  }

  Optional<PemTls> tls() {
    return tls;
  }

  ConnectionWatch watch() {
    return watch;
  }

  /** Every route of both listeners, as {@code GET /path}. */
  Set<String> routes() {
    return Stream.concat(apiEndpoints().stream(), metricsEndpoints().stream())
        .map(endpoint -> endpoint.method() + " " + endpoint.path())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Every endpoint of the API's listener. */
  List<Endpoint> apiEndpoints() {
    List<Endpoint> endpoints = new ArrayList<>(health.endpoints());
    BearerAuthentication bearer = new BearerAuthentication(backend.tokens());
    endpoints.addAll(
        new CertificateRoutes(bearer, backend.possession(), backend.desk(), clock).endpoints());
    endpoints.addAll(new RoleRoutes(bearer, backend.roles()).endpoints());
    endpoints.addAll(new PublicRoutes(settings.origin(), backend.published(), clock).endpoints());
    return endpoints;
  }

  /** Every endpoint of the operator's listener. */
  List<Endpoint> metricsEndpoints() {
    List<Endpoint> endpoints = new ArrayList<>(health.endpoints());
    endpoints.addAll(health.metricsEndpoints());
    return endpoints;
  }

  WebListener api() {
    Predicate<InetAddress> proxies = settings::isTrustedProxy;
    RequestGuard guard =
        new RequestGuard(
            Optional.of(settings.origin()),
            settings.transport() instanceof Transport.BehindProxy
                ? Optional.of(proxies)
                : Optional.empty());
    return listener(settings.api(), tls, guard, proxies, apiEndpoints());
  }

  Optional<WebListener> metrics() {
    // Reached by address from inside, so no Host is asked for.
    RequestGuard guard = new RequestGuard(Optional.empty(), Optional.empty());
    return settings
        .metrics()
        .map(at -> listener(at, Optional.empty(), guard, _ -> false, metricsEndpoints()));
  }

  private WebListener listener(
      InetSocketAddress address,
      Optional<PemTls> pem,
      RequestGuard guard,
      Predicate<InetAddress> proxies,
      List<Endpoint> endpoints) {
    WebLimits limits = settings.limits();
    Gate gate =
        new Gate(
            guard,
            proxies,
            SecurityHeaders.of(settings.https()),
            ids,
            refusals,
            limits.maxRequestsInFlight());
    Dispatcher dispatcher = new Dispatcher(limits.receiveTimeout(), refusals::count);
    RouteTable routes = new RouteTable(endpoints, dispatcher, new RouteMeters(meters));
    return new WebListener(address, pem, limits, gate, watch, routes);
  }
}
