package dev.daypass.metrics;

import dev.daypass.identity.TokenAuthenticator;
import dev.daypass.ledger.Follower;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.signer.Signer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import java.util.Set;
import java.util.function.Supplier;

/** Every meter of one daemon, and what puts them around its ports. */
public final class Meters implements AutoCloseable {
  private static final double MILLIS = 1000;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private final StageTimes stages = new StageTimes(registry.getPrometheusRegistry());
  private final EntryCounts entries = new EntryCounts(registry.getPrometheusRegistry());

  /** Those of the process are there from now on. */
  public Meters() {
    // Nanoseconds, and a count that counts nothing: Prometheus has other names for these.
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    var _ =
        CounterWithCallback.builder()
            .name("process_cpu_seconds_total")
            .help("Processor time of the process.")
            .callback(counter ->
                ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .ifPresent(used -> counter.call(used.toMillis() / MILLIS)))
            .register(registry.getPrometheusRegistry());
    collector.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** What {@code /metrics} shows, and where others register their own. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  public Signer timed(Signer signer) {
    return new TimedSigner(signer, stages);
  }

  /** For the one who appends; readers may have the store itself. */
  public LedgerStore timed(LedgerStore store) {
    return new TimedLedgerStore(store, stages, new BatchSizes(registry.getPrometheusRegistry()));
  }

  public SignInProviders timed(SignInProviders providers) {
    return new TimedProviders(providers, registry.getPrometheusRegistry());
  }

  public TokenAuthenticator timed(TokenAuthenticator tokens) {
    return new TimedAuthenticator(tokens, stages);
  }

  /** Counts what is written to the ledger. */
  public Follower entries() {
    return entries;
  }

  /**
   * Counts what becomes of requests for certificates.
   *
   * @param roles the names of those that policy has
   */
  public IssuanceMeters issuance(Supplier<Set<String>> roles) {
    return new IssuanceMeters(registry.getPrometheusRegistry(), stages, roles);
  }

  /** Shows how these stand whenever somebody asks. */
  public void watch(Watched watched) {
    StandingGauges.register(registry.getPrometheusRegistry(), watched, entries);
  }

  @Override
  public void close() {
    collector.close();
    registry.close();
  }
}
