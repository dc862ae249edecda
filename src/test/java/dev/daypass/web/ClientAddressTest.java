package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CASES 70: a forwarded address counts as far as trusted proxies wrote it. */
final class ClientAddressTest {
  private static final InetAddress STRANGER = InetAddress.ofLiteral("203.0.113.9");
  private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");

  @Test
  void ignoresWhatAStrangerForwards() {
    assertThat(client(STRANGER, "192.0.2.1")).isEqualTo(STRANGER);
  }

  @Test
  void takesTheAddressThatTheProxySaw() {
    assertThat(client(PROXY, "192.0.2.1")).isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
  }

  @Test
  void ignoresWhatTheClientForwardedToTheProxy() {
    assertThat(client(PROXY, "198.51.100.7, 192.0.2.1"))
        .isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
    assertThat(client(PROXY, "198.51.100.7", "192.0.2.1"))
        .isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
  }

  @Test
  void walksThroughSeveralProxies() {
    assertThat(client(PROXY, "198.51.100.7, 192.0.2.1, 10.0.0.2, 10.0.0.3"))
        .isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
  }

  @Test
  void withoutAHeaderTheProxyIsTheClient() {
    assertThat(client(PROXY)).isEqualTo(PROXY);
  }

  @Test
  void readsIpv6AndPorts() {
    assertThat(client(PROXY, "[2001:db8::7]:4711")).isEqualTo(InetAddress.ofLiteral("2001:db8::7"));
    assertThat(client(PROXY, "2001:db8::7")).isEqualTo(InetAddress.ofLiteral("2001:db8::7"));
    assertThat(client(PROXY, "192.0.2.1:4711")).isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "localhost",
        "1",
        "0x7f000001",
        "127.1",
        "fe80::1%eth0",
        "",
        ",",
        "::::",
        "1.2.3.4.5",
        "192.0.2.01",
        "a.example.com",
        "[::1"
      })
  void whatCannotBeReadStopsTheWalk(String forwarded) {
    assertThat(client(PROXY, "192.0.2.1, " + forwarded)).isEqualTo(PROXY);
  }

  @Test
  void anEndlessChainIsNotWalked() {
    String chain = "10.0.0.1, 10.0.0.2, ".repeat(4000);
    assertThat(client(PROXY, "192.0.2.1, " + chain + "10.0.0.3").isLoopbackAddress()).isFalse();
  }

  private static InetAddress client(InetAddress peer, String... forwarded) {
    return ClientAddress.of(
        peer, List.of(forwarded), address -> address.getHostAddress().startsWith("10."));
  }
}
