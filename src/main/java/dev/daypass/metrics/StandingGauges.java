package dev.daypass.metrics;

import dev.daypass.fleet.key.StagedKey;
import dev.daypass.krl.KeyRevocationList;
import dev.daypass.krl.KrlFormatException;
import dev.daypass.ledger.StopCause;
import dev.daypass.revocation.publish.PublishedKrl;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** How things stand, read anew for each scrape. What is not there yet is left out. */
final class StandingGauges {
  private final PrometheusRegistry registry;
  private final Watched watched;

  private StandingGauges(PrometheusRegistry registry, Watched watched) {
    this.registry = registry;
    this.watched = watched;
  }

  static void register(PrometheusRegistry registry, Watched watched, EntryCounts entries) {
    StandingGauges gauges = new StandingGauges(registry, watched);
    gauges.ledger(entries);
    gauges.keysAndLists();
    gauges.servers();
  }

  private void ledger(EntryCounts entries) {
    number(
        "daypass_ledger_entries", "Entries of the ledger.", () -> watched.ledger().size().value());
    number(
        "daypass_ledger_waiting_entries",
        "Entries that wait for their commit.",
        () -> watched.ledger().waiting());
    moment(
        "daypass_ledger_head_timestamp_seconds",
        "When the newest entry was written.",
        entries::newest);
    labelled(
        "daypass_ledger_stopped",
        "1 for the reason why the ledger takes no entry.",
        this::stopped,
        "cause");
    number(
        "daypass_ledger_rollback_protected",
        "1 if a memory outside the store knew the ledger's head at the start.",
        () -> watched.ledger().readiness().rollbackProtected() ? 1 : 0);
    number(
        "daypass_issuance_frozen",
        "1 while an operator has stopped issuance.",
        () -> watched.frozen().getAsBoolean() ? 1 : 0);
  }

  private void keysAndLists() {
    labelled(
        "daypass_key_stage_timestamp_seconds",
        "When a key came to its stage.",
        this::keys,
        "use",
        "key",
        "stage");
    number(
        "daypass_bundle_number", "The trust bundle served.", () -> watched.bundle().get().number());
    moment(
        "daypass_bundle_end_timestamp_seconds",
        "Until when the trust bundle is valid.",
        () -> Optional.of(watched.bundle().get().validUntil()));
    number(
        "daypass_bundle_left_seconds",
        "How long the trust bundle is still valid.",
        () -> watched.endings().bundleLeft().toSeconds());
    KrlTime made = new KrlTime();
    moment(
        "daypass_krl_timestamp_seconds",
        "When the newest revocation list was made.",
        () -> watched.krls().newest().flatMap(made::of));
    number(
        "daypass_krl_version",
        "The newest revocation list.",
        () -> watched.krls().newest().map(PublishedKrl::version).orElse(0L));
  }

  private void servers() {
    number("daypass_hosts", "Servers that joined.", () -> watched.servers().getAsInt());
    number(
        "daypass_hosts_waiting_for_krl",
        "Servers that wait for the next revocation list.",
        () -> watched.krls().waiting());
    number(
        "daypass_host_certificates_not_renewed",
        "Servers whose host certificate ends soon.",
        () -> watched.endings().ending().size());
    moment(
        "daypass_host_certificate_end_timestamp_seconds",
        "When the first host certificate of a joined server ends.",
        watched.endings()::firstEnd);
  }

  private void stopped(GaugeWithCallback.Callback gauge) {
    Optional<StopCause> stopped = watched.ledger().readiness().stopped();
    for (StopCause cause : StopCause.values()) {
      String word = cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
      gauge.call(stopped.filter(cause::equals).isPresent() ? 1 : 0, word);
    }
  }

  private void keys(GaugeWithCallback.Callback gauge) {
    for (StagedKey key : watched.keys().all()) {
      gauge.call(
          seconds(key.since()),
          key.use().keyName(),
          key.fingerprint().toString(),
          key.stage().wireName());
    }
  }

  private void number(String name, String help, DoubleSupplier value) {
    labelled(name, help, gauge -> gauge.call(value.getAsDouble()));
  }

  private void moment(String name, String help, Supplier<Optional<Instant>> value) {
    labelled(name, help, gauge -> value.get().ifPresent(at -> gauge.call(seconds(at))));
  }

  private void labelled(
      String name, String help, Consumer<GaugeWithCallback.Callback> read, String... labels) {
    var _ =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .labelNames(labels)
            .callback(read)
            .register(registry);
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1000.0;
  }

  /** Reads a list once: it may be a megabyte. */
  private static final class KrlTime {
    private long version; // guarded by this
    private Optional<Instant> made = Optional.empty(); // guarded by this

    synchronized Optional<Instant> of(PublishedKrl list) {
      if (made.isEmpty() || version != list.version()) {
        try {
          made = Optional.of(KeyRevocationList.decode(list.list()).generatedAt());
          version = list.version();
        } catch (KrlFormatException _) {
          made = Optional.empty();
        }
      }
      return made;
    }
  }
}
