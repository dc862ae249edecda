package dev.daypass.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process says to systemd in its life; nothing where systemd did not start it. */
public final class Supervision {
  private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

  private final Notifications systemd;
  private final Optional<Duration> watchdog;
  private final LongSupplier monotonicNanos;

  Supervision(Notifications systemd, Optional<Duration> watchdog, LongSupplier monotonicNanos) {
    this.systemd = systemd;
    this.watchdog = watchdog;
    this.monotonicNanos = monotonicNanos;
  }

  /**
   * As the environment says.
   *
   * @param pid this process
   * @param monotonicNanos CLOCK_MONOTONIC
   */
  public static Supervision of(
      Map<String, String> environment, long pid, LongSupplier monotonicNanos) {
    Optional<Notifications> socket = NotifySocket.of(environment);
    return new Supervision(
        socket.orElse(_ -> {}),
        socket.isPresent() ? Watchdog.interval(environment, pid) : Optional.empty(),
        monotonicNanos);
  }

  /**
   * The process is up; from now on the watchdog is fed as long as the check answers. A first answer
   * is not waited for: whoever is not ready says so in its state.
   */
  public void ready(HealthCheck check) {
    systemd.send("READY=1");
    watchdog.ifPresent(interval -> {
      ScheduledExecutorService feeding =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("watchdog").factory());
      // sd_watchdog_enabled(3): at half of the interval.
      long pause = interval.toMillis() / 2;
      var _ = feeding.scheduleWithFixedDelay(() -> feed(check), 0, pause, TimeUnit.MILLISECONDS);
    });
  }

  /** One beat, if the check answers. */
  void feed(HealthCheck check) {
    try {
      systemd.send("WATCHDOG=1\nSTATUS=" + oneLine(check.state()));
    } catch (IOException | RuntimeException e) {
      LOG.error("the watchdog is not fed: {}", e.getMessage());
    }
  }

  /** Around a reload; systemd 253 and later want to know since when. */
  public void reloading(Runnable reload) {
    long micros = TimeUnit.NANOSECONDS.toMicros(monotonicNanos.getAsLong());
    systemd.send("RELOADING=1\nMONOTONIC_USEC=" + micros);
    try {
      reload.run();
    } finally {
      systemd.send("READY=1");
    }
  }

  public void stopping() {
    systemd.send("STOPPING=1");
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
