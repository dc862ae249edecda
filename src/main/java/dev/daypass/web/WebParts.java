package dev.daypass.web;

import dev.daypass.fleet.answer.NewsBoard;
import dev.daypass.revocation.publish.KrlShelf;
import dev.daypass.web.api.CertificateRoutes;
import dev.daypass.web.api.HealthRoutes;
import dev.daypass.web.api.KrlRoutes;
import dev.daypass.web.api.PublicRoutes;
import dev.daypass.web.api.RevocationRoutes;
import dev.daypass.web.api.RoleRoutes;
import dev.daypass.web.api.WaitingPlaces;
import dev.daypass.web.api.WaitingRoom;
import dev.daypass.web.api.WhyRoutes;
import dev.daypass.web.asker.Admission;
import dev.daypass.web.asker.Authenticator;
import dev.daypass.web.asker.RequestProof;
import dev.daypass.web.audit.Auditors;
import dev.daypass.web.audit.EntryRoutes;
import dev.daypass.web.audit.ErasureRoutes;
import dev.daypass.web.audit.TileRoutes;
import dev.daypass.web.console.Console;
import dev.daypass.web.exchange.Dispatcher;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.login.HistoryRoutes;
import dev.daypass.web.login.LoginPoll;
import dev.daypass.web.login.LoginRoutes;
import dev.daypass.web.login.OwnLoginRoutes;
import dev.daypass.web.page.LoginPages;
import dev.daypass.web.page.PageFiles;
import dev.daypass.web.page.view.Frame;
import dev.daypass.web.quota.CertificateRates;
import dev.daypass.web.quota.FairShares;
import dev.daypass.web.server.HostAdmission;
import dev.daypass.web.server.HostRoutes;
import dev.daypass.web.server.MapPoll;
import dev.daypass.web.server.SessionRoutes;
import dev.daypass.web.server.TokenRoutes;
import dev.daypass.web.tls.PemTls;
import dev.daypass.web.tls.Transport;
import io.micrometer.core.instrument.Gauge;
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
  private final Console console;
  private final LoginPages pages;
  private final WaitingRoom room;

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
    this.refusals = new RefusalMeters(meters, settings.limits().failures(), System::nanoTime);
    this.watch = new ConnectionWatch(settings.limits(), this::speaksForMany, System::nanoTime);
    this.tls =
        settings.transport() instanceof Transport.Tls files
            ? Optional.of(PemTls.open(files))
            : Optional.empty();
    PageFiles files = PageFiles.load();
    this.console = console(files.frame(settings.origin()), random);
    this.pages = new LoginPages(settings.origin(), files, backend.logins(), clock, console.trips());
    // Who waits is in work as well: most of the places are for those who do not.
    this.room = new WaitingRoom(Math.max(1, settings.limits().maxRequestsInFlight() / 4));
    Gauge.builder("daypass.http.connections", watch, ConnectionWatch::connections)
        .description("Open connections")
        .register(meters);
  }

  private Console console(Frame frame, RandomGenerator random) {
    return new Console(
        frame,
        settings.https(),
        backend.console(),
        new Console.Reading(backend.auditing().reader(), backend.logins(), backend.history()),
        new Console.Guards(backend.policies().auditors(), backend.desk()),
        new Console.Chance(clock, random));
  }

  Optional<PemTls> tls() {
    return tls;
  }

  /** Where polls wait; to be closed before the listeners are. */
  WaitingRoom room() {
    return room;
  }

  /** Where servers wait for lists; to be closed before the listeners are. */
  KrlShelf shelf() {
    return backend.revoking().krls();
  }

  /** Where servers wait for news; to be closed before the listeners are. */
  NewsBoard news() {
    return backend.fleet().news();
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
    PublicRoutes open = new PublicRoutes(settings.origin(), backend.published(), clock);
    endpoints.addAll(open.endpoints());
    WaitingPlaces places = places();
    endpoints.addAll(new KrlRoutes(shelf(), places).endpoints());
    endpoints.addAll(pages.endpoints());
    endpoints.addAll(console.endpoints());
    RequestProof proof = new RequestProof(backend.signatures());
    endpoints.addAll(
        new LoginRoutes(
                settings.origin(), backend.logins(), proof, new LoginPoll(backend.logins(), room))
            .endpoints());
    endpoints.addAll(forKnownAskers(proof));
    HostAdmission servers = new HostAdmission(proof, backend.fleet());
    MapPoll maps = new MapPoll(backend.fleet(), shelf(), places);
    endpoints.addAll(new HostRoutes(servers, backend.fleet(), maps, open::bundle).endpoints());
    endpoints.addAll(new SessionRoutes(servers, backend.fleet()).endpoints());
    return endpoints;
  }

  private boolean speaksForMany(InetAddress address) {
    return address.isLoopbackAddress() || settings.isTrustedProxy(address);
  }

  /** Who waits holds a connection: a quarter of them is for those who do not. */
  private WaitingPlaces places() {
    WebLimits limits = settings.limits();
    return new WaitingPlaces(limits.requestDeadline(), limits.maxConnections() * 3 / 4);
  }

  private List<Endpoint> forKnownAskers(RequestProof proof) {
    Admission admission =
        new Admission(
            new Authenticator(backend.tokens(), proof, backend.logins()),
            backend.desk(),
            new FairShares(settings.limits().maxRequestsInFlight()));
    CertificateRates rates =
        new CertificateRates(
            settings.limits().certificates(), this::speaksForMany, System::nanoTime);
    WebBackend.Policies policies = backend.policies();
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.addAll(
        new CertificateRoutes(admission, rates, proof, backend.desk(), clock).endpoints());
    endpoints.addAll(new RoleRoutes(admission, policies.roles()).endpoints());
    endpoints.addAll(
        new OwnLoginRoutes(admission, backend.logins(), policies.operators()).endpoints());
    endpoints.addAll(new TokenRoutes(admission, policies.operators(), backend.fleet()).endpoints());
    endpoints.addAll(
        new RevocationRoutes(admission, backend.revoking().desk(), policies.operators())
            .endpoints());
    WebBackend.Auditing auditing = backend.auditing();
    Auditors auditors = new Auditors(admission, policies.auditors());
    endpoints.addAll(
        new TileRoutes(auditing.files(), auditing.open() ? Optional.empty() : Optional.of(auditors))
            .endpoints());
    endpoints.addAll(new EntryRoutes(auditors, auditing.reader()).endpoints());
    endpoints.addAll(
        new ErasureRoutes(admission, auditing.erasures(), policies.operators()).endpoints());
    endpoints.addAll(new HistoryRoutes(admission, backend.history()).endpoints());
    endpoints.addAll(
        new WhyRoutes(
                admission,
                policies.roles(),
                backend.servers(),
                backend.fleet()::refusedLogins,
                clock)
            .endpoints());
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
            limits.maxRequestsInFlight(),
            pages.problems());
    Dispatcher dispatcher =
        new Dispatcher(limits.receiveTimeout(), refusals::count, pages.problems());
    RouteTable routes = new RouteTable(endpoints, dispatcher, new RouteMeters(meters));
    return new WebListener(address, pem, limits, gate, watch, routes);
  }
}
