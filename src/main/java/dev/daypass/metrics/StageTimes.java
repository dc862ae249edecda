package dev.daypass.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** How long each stage takes. */
final class StageTimes {
  /** From the signature of a fast key to the deadline of a request. */
  private static final double[] SECONDS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private static final double NANOS = 1e9;

  private final Map<Stage, DistributionDataPoint> points = new EnumMap<>(Stage.class);

  StageTimes(PrometheusRegistry registry) {
    Histogram histogram =
        seconds(
            registry, "daypass_issuance_stage_seconds", "Time of a stage of issuance.", "stage");
    for (Stage stage : Stage.values()) {
      points.put(stage, histogram.labelValues(stage.label()));
    }
  }

  /** A histogram of times with the bounds that all of them have. */
  static Histogram seconds(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(SECONDS)
        .withoutExemplars()
        .register(registry);
  }

  /** Of what began then and ends now. */
  static double since(long startNanos) {
    return (System.nanoTime() - startNanos) / NANOS;
  }

  void ended(Stage stage, long startNanos) {
    Objects.requireNonNull(points.get(stage)).observe(since(startNanos));
  }
}
