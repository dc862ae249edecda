package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class NoiseLimiterTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND); // nanoTime may overflow
  private final NoiseLimiter limiter = new NoiseLimiter(60, now::get);

  @Test
  void anAddressMayFailSoOften() {
    assertThat(failures("192.0.2.1", 100)).isEqualTo(60);
  }

  @Test
  void timeGivesBackWhatWasUsed() {
    failures("192.0.2.1", 60);
    now.addAndGet(10 * SECOND);
    assertThat(failures("192.0.2.1", 100)).isEqualTo(10);
    now.addAndGet(3600 * SECOND);
    assertThat(failures("192.0.2.1", 100)).isEqualTo(60);
  }

  @Test
  void addressesDoNotShare() {
    failures("192.0.2.1", 100);
    assertThat(failures("192.0.2.2", 100)).isEqualTo(60);
  }

  @Test
  void oneIpv6NetworkOf64BitsIsOneAddress() {
    failures("2001:db8:0:1::1", 60);
    assertThat(failures("2001:db8:0:1:ffff::2", 100)).isZero();
    assertThat(failures("2001:db8:0:2::1", 100)).isEqualTo(60);
  }

  @Test
  void ipv4AndIpv6DoNotMeet() {
    assertThat(AddressGroup.of(InetAddress.ofLiteral("192.0.2.1")))
        .isNotEqualTo(AddressGroup.of(InetAddress.ofLiteral("::c000:201")));
    assertThat(AddressGroup.of(InetAddress.ofLiteral("::ffff:192.0.2.1")))
        .isEqualTo(AddressGroup.of(InetAddress.ofLiteral("192.0.2.1")));
  }

  @Test
  void memoryIsBounded() {
    for (int i = 0; i < 100_000; i++) {
      limiter.exhaustedBy(
          InetAddress.ofLiteral("10.%d.%d.%d".formatted(i >> 16, (i >> 8) & 0xff, i & 0xff)));
    }
    assertThat(limiter.addresses()).isBetween(8_000, 16 * 1024);
  }

  /** How many of so many failures were not limited. */
  private int failures(String address, int attempts) {
    int passed = 0;
    for (int i = 0; i < attempts; i++) {
      passed += limiter.exhaustedBy(InetAddress.ofLiteral(address)) ? 0 : 1;
    }
    return passed;
  }
}
