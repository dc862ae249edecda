package dev.daypass.web;

import dev.daypass.policy.address.Cidr;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.web.tls.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the HTTP port listens.
 *
 * @param origin the configured public URL, {@code https://host[:port]} in lower case
 * @param api the address of the API; port 0 takes a free one
 * @param metrics the address of metrics, health and readiness, plain HTTP, if there is one
 * @param trustedProxies the peers whose {@code X-Forwarded-For} is believed
 */
public record WebSettings(
    String origin,
    InetSocketAddress api,
    Transport transport,
    Optional<InetSocketAddress> metrics,
    List<Cidr> trustedProxies,
    WebLimits limits) {

  public WebSettings {
    trustedProxies = List.copyOf(trustedProxies);
    if (!origin.equals(origin.toLowerCase(Locale.ROOT))
        || !origin.matches("https?://[a-z0-9.:\\[\\]-]+")) {
      throw new IllegalArgumentException("not a public origin in lower case: " + origin);
    }
    if (transport instanceof Transport.Loopback && !api.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "plain HTTP is served on a loopback address only, not on " + api);
    }
    if (transport instanceof Transport.BehindProxy && trustedProxies.isEmpty()) {
      throw new IllegalArgumentException("plain HTTP behind a proxy needs the proxy's address");
    }
  }

  boolean isTrustedProxy(InetAddress peer) {
    if (trustedProxies.isEmpty()) {
      return false; // most often, and on the way of every request
    }
    IpAddress address = IpAddress.of(peer);
    return trustedProxies.stream().anyMatch(range -> range.contains(address));
  }

  /** Whether clients reach us over TLS, here or at the proxy. */
  boolean https() {
    return origin.startsWith("https:");
  }
}
