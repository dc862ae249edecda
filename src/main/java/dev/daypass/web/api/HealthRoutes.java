package dev.daypass.web.api;

import dev.daypass.ssh.Bytes;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Reply;
import java.util.List;
import java.util.function.Supplier;

/** Health, readiness, and on the metrics listener the metrics. */
public final class HealthRoutes {
  /** The Prometheus text exposition format, version 0.0.4. */
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private static final Bytes OK = Bytes.ofUtf8("ok\n");

  private final Supplier<ReadinessReport> readiness;
  private final Supplier<String> metrics;

  public HealthRoutes(Supplier<ReadinessReport> readiness, Supplier<String> metrics) {
    this.readiness = readiness;
    this.metrics = metrics;
  }

  /** For every listener. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/healthz", _ -> new Reply.Text(Reply.Text.PLAIN, OK)),
        Endpoint.get("/readyz", _ -> ready()));
  }

  /** For the operator's listener alone. */
  public List<Endpoint> metricsEndpoints() {
    return List.of(
        Endpoint.get("/metrics", _ -> new Reply.Text(PROMETHEUS, Bytes.ofUtf8(metrics.get()))));
  }

  private Reply ready() {
    ReadinessReport report = readiness.get();
    return new Reply.Document(
        report.ready() ? 200 : 503,
        out -> {
          out.flag("ready", report.ready());
          out.group("checks", checks -> report.checks().forEach(checks::text));
        });
  }
}
