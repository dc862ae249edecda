package dev.daypass.web;

import dev.daypass.ledger.witness.Witness;
import dev.daypass.ssh.Bytes;
import dev.daypass.web.audit.WitnessRoutes;
import dev.daypass.web.body.JsonMembers;
import dev.daypass.web.exchange.Dispatcher;
import dev.daypass.web.exchange.ProblemPage;
import dev.daypass.web.tls.PemTls;
import dev.daypass.web.tls.Transport;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The HTTP port of a witness, alone on its listener. */
public final class WitnessServer implements AutoCloseable {
  /** It shows nothing to people: a browser gets the same as a program. */
  private static final ProblemPage PLAIN =
      (problem, id) -> Bytes.of(JsonMembers.bytes(problem.members(id)));

  private final WebListener listener;

  private WitnessServer(WebListener listener) {
    this.listener = listener;
  }

  /**
   * Starts it; it answers when this returns.
   *
   * @param tls the PEM files; without them it speaks plain HTTP: what it answers is signed
   */
  public static WitnessServer start(
      Witness witness,
      InetSocketAddress address,
      Optional<Transport.Tls> tls,
      RandomGenerator random)
      throws IOException {
    WebLimits limits = WebLimits.DEFAULT;
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    RefusalMeters refusals = new RefusalMeters(meters, limits.failures(), System::nanoTime);
    Gate gate =
        new Gate(
            new RequestGuard(Optional.empty(), Optional.empty()),
            _ -> false,
            SecurityHeaders.of(tls.isPresent()),
            new RequestIds(random),
            refusals,
            limits.maxRequestsInFlight(),
            PLAIN);
    Dispatcher dispatcher = new Dispatcher(limits.receiveTimeout(), refusals::count, PLAIN);
    RouteTable routes =
        new RouteTable(new WitnessRoutes(witness).endpoints(), dispatcher, new RouteMeters(meters));
    Optional<PemTls> pem = tls.isPresent() ? Optional.of(PemTls.open(tls.get())) : Optional.empty();
    ConnectionWatch watch = new ConnectionWatch(limits, _ -> false, System::nanoTime);
    WebListener listener = new WebListener(address, pem, limits, gate, watch, routes);
    try {
      listener.start();
    } catch (RuntimeException e) { // Javalin's: the address is taken, or may not be
      listener.stop();
      throw new IOException("cannot listen: " + e.getMessage(), e);
    }
    return new WitnessServer(listener);
  }

  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.stop();
  }
}
