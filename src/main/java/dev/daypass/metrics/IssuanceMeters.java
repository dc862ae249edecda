package dev.daypass.metrics;

import dev.daypass.issuance.IssuanceOutcome;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What became of requests for certificates, by role. A role that policy does not have is what
 * somebody typed: all of those are one.
 */
public final class IssuanceMeters {
  private static final String NO_ROLE = "";
  private static final List<String> OUTCOMES =
      List.of(
          "issued",
          "refused",
          "needs_approval",
          "already_granted",
          "frozen",
          "unwitnessed",
          "unavailable");

  private final Counter requests;
  private final Counter refusals;
  private final StageTimes stages;
  private final Supplier<Set<String>> roles;

  /** Of roles that policy has, or had. */
  private final Map<Asked, CounterDataPoint> points = new ConcurrentHashMap<>();

  IssuanceMeters(PrometheusRegistry registry, StageTimes stages, Supplier<Set<String>> roles) {
    this.stages = stages;
    this.roles = roles;
    this.requests =
        Counter.builder()
            .name("daypass_certificate_requests_total")
            .help("Requests for a certificate of somebody known, by role and outcome.")
            .labelNames("role", "outcome")
            .withoutExemplars()
            .register(registry);
    this.refusals =
        Counter.builder()
            .name("daypass_certificate_refusals_total")
            .help("Requests for a certificate that were refused, by the code of the first reason.")
            .labelNames("code")
            .withoutExemplars()
            .register(registry);
    roles.get().forEach(this::begin);
    begin(NO_ROLE);
  }

  private record Asked(String role, String outcome) {}

  /** Counts a request of that role that began then and is decided now. */
  public void decided(String role, IssuanceOutcome outcome, long startNanos) {
    stages.ended(Stage.ISSUE, startNanos);
    String word = word(outcome);
    CounterDataPoint known = points.get(new Asked(role, word));
    (known == null ? point(role, word) : known).inc();
    if (outcome instanceof IssuanceOutcome.Refused refused) {
      refusals.labelValues(refused.reasons().getFirst().code()).inc();
    }
  }

  private CounterDataPoint point(String role, String outcome) {
    Asked asked = new Asked(roles.get().contains(role) ? role : NO_ROLE, outcome);
    return points.computeIfAbsent(
        asked,
        one -> {
          begin(one.role());
          return requests.labelValues(one.role(), one.outcome());
        });
  }

  /** From zero: what appears as one has not risen, for Prometheus. */
  private void begin(String role) {
    OUTCOMES.forEach(outcome -> requests.initLabelValues(role, outcome));
  }

  private static String word(IssuanceOutcome outcome) {
    return switch (outcome) {
      case IssuanceOutcome.Issued _ -> "issued";
      case IssuanceOutcome.Refused _ -> "refused";
      case IssuanceOutcome.NeedsApproval _ -> "needs_approval";
      case IssuanceOutcome.AlreadyGranted _ -> "already_granted";
      case IssuanceOutcome.Frozen _ -> "frozen";
      case IssuanceOutcome.Unwitnessed _ -> "unwitnessed";
      case IssuanceOutcome.Unavailable _ -> "unavailable";
    };
  }
}
