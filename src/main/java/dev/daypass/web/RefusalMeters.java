package dev.daypass.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what strangers get refused (DESIGN section 6: unauthenticated noise is counted,
 * rate-limited, and never an entry). Codes are ours, so there are few of them.
 */
final class RefusalMeters {
  private final MeterRegistry meters;
  private final NoiseLimiter noise;
  private final Map<String, Counter> byCode = new ConcurrentHashMap<>();

  RefusalMeters(MeterRegistry meters, NoiseLimiter noise) {
    this.meters = meters;
    this.noise = noise;
  }

  /**
   * Counts a refusal and charges the address for it.
   *
   * @return whether the address has used up what it may fail
   */
  boolean count(String code, InetAddress client) {
    counter(code).increment();
    return noise.exhaustedBy(client);
  }

  private Counter counter(String code) {
    return byCode.computeIfAbsent(
        code,
        name ->
            Counter.builder("daypass.http.refused")
                .description("Requests refused before anybody was known to ask")
                .tag("code", name)
                .register(meters));
  }
}
