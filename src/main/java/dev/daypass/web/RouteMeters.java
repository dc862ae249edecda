package dev.daypass.web;

import dev.daypass.web.exchange.Dispatcher.StatusListener;
import dev.daypass.web.exchange.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Counts and times the answers of each route by status. */
final class RouteMeters {
  private static final int STATUSES = 600;

  private final MeterRegistry meters;

  RouteMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  StatusListener listener(Endpoint endpoint) {
    // By index and not by map: this is on the way of every request.
    AtomicReferenceArray<@Nullable Timer> timers = new AtomicReferenceArray<>(STATUSES);
    return (status, nanos) -> {
      Timer timer = timers.get(status);
      if (timer == null) {
        timer = timer(endpoint, status);
        timers.set(status, timer);
      }
      timer.record(nanos, TimeUnit.NANOSECONDS);
    };
  }

  private Timer timer(Endpoint endpoint, int status) {
    return Timer.builder("daypass.http.requests")
        .description("Requests answered by a route")
        .tag("route", endpoint.method() + " " + endpoint.path())
        .tag("status", Integer.toString(status))
        .register(meters);
  }
}
