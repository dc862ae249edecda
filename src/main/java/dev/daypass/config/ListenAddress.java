package dev.daypass.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A numeric address and a port to listen on, written {@code 0.0.0.0:8443} or {@code [::1]:8443}.
 */
public record ListenAddress(InetAddress address, int port) {

  public ListenAddress {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("a port is between 0 and 65535");
    }
  }

  /** Whether only programs on this machine can reach it. */
  public boolean isLoopback() {
    return address.isLoopbackAddress();
  }

  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, port);
  }
}
