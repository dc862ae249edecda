package dev.daypass.metrics;

import dev.daypass.ledger.Follower;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.tlog.EntryNumber;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entries by their kind, which is a closed list: each kind is there from the start, as zero. */
final class EntryCounts implements Follower {
  private final Map<EntryKind, CounterDataPoint> points = new EnumMap<>(EntryKind.class);

  /** Written by the sequencer's thread only. */
  private volatile @Nullable Instant newest;

  EntryCounts(PrometheusRegistry registry) {
    Counter counter =
        Counter.builder()
            .name("daypass_ledger_entries_written_total")
            .help("Entries that this process wrote, by kind.")
            .labelNames("kind")
            .withoutExemplars()
            .register(registry);
    for (EntryKind kind : EntryKind.values()) {
      points.put(kind, counter.labelValues(kind.wireName()));
    }
  }

  @Override
  public void written(EntryNumber number, Entry entry, JsonObject details) {
    Objects.requireNonNull(points.get(entry.kind())).inc();
    newest = entry.at();
  }

  /** When the newest of them was written. */
  Optional<Instant> newest() {
    return Optional.ofNullable(newest);
  }
}
