package dev.daypass.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** How many entries share a commit. */
final class BatchSizes {
  private static final int BOUNDS = 12;

  private final DistributionDataPoint sizes;

  BatchSizes(PrometheusRegistry registry) {
    sizes =
        Histogram.builder()
            .name("daypass_ledger_batch_entries")
            .help("Entries written by one commit.")
            .classicOnly()
            .classicExponentialUpperBounds(1, 2, BOUNDS)
            .withoutExemplars()
            .register(registry);
  }

  void written(int entries) {
    sizes.observe(entries);
  }
}
