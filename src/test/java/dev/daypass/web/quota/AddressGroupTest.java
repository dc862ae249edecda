package dev.daypass.web.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class AddressGroupTest {
  @Test
  void oneIpv6NetworkOf64BitsIsOneAddress() {
    assertThat(group("2001:db8:0:1::1")).isEqualTo(group("2001:db8:0:1:ffff::2"));
    assertThat(group("2001:db8:0:1::1")).isNotEqualTo(group("2001:db8:0:2::1"));
  }

  @Test
  void eachIpv4AddressIsOne() {
    assertThat(group("192.0.2.1")).isNotEqualTo(group("192.0.2.2"));
  }

  @Test
  void ipv4AndIpv6DoNotMeet() {
    assertThat(group("192.0.2.1")).isNotEqualTo(group("::c000:201"));
    assertThat(group("::ffff:192.0.2.1")).isEqualTo(group("192.0.2.1"));
  }

  private static long group(String address) {
    return AddressGroup.of(InetAddress.ofLiteral(address));
  }
}
