package dev.daypass.web;

import dev.daypass.web.quota.AddressGroup;
import dev.daypass.web.quota.Buckets;
import dev.daypass.web.quota.Quota;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Counts what strangers get refused (DESIGN section 6: unauthenticated noise is counted,
 * rate-limited, and never an entry). Codes are ours, so there are few of them.
 *
 * <p>Only failures are charged and only failures are answered differently once the bucket of their
 * address is empty, so a broken or hostile neighbour behind the same address translator cannot keep
 * anybody with a good token out.
 */
final class RefusalMeters {
  private final MeterRegistry meters;
  private final Buckets<Long> failures;
  private final Map<String, Counter> byCode = new ConcurrentHashMap<>();

  RefusalMeters(MeterRegistry meters, Quota failuresOfAddress, LongSupplier nanoTime) {
    this.meters = meters;
    this.failures = new Buckets<>(failuresOfAddress, nanoTime);
  }

  /**
   * Counts a refusal and charges the address for it.
   *
   * @return whether the address has used up what it may fail
   */
  boolean count(String code, InetAddress client) {
    counter(code).increment();
    return failures.take(AddressGroup.of(client)) > 0;
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
