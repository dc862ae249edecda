package dev.daypass.bench;

import java.time.Duration;
import java.util.List;

/**
 * What one pass of the load generator measured.
 *
 * @param generatorCpu processor time of the generator itself
 * @param sample the bodies of some answers
 */
record Load(Duration took, Duration generatorCpu, Latencies latencies, List<byte[]> sample) {
  double perSecond() {
    return latencies.count() / (took.toNanos() / 1e9);
  }

  double millis(double share) {
    return latencies.millis(share);
  }

  /** Of so much processor time, the part of one request in microseconds. */
  double microsEach(Duration cpu) {
    return cpu.toNanos() / 1e3 / latencies.count();
  }
}
