package dev.daypass.web.quota;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * What counts as one client address: an IPv4 address, or an IPv6 /64, which is what one customer
 * gets (RELIABILITY, rate limits).
 */
public final class AddressGroup {
  /** No IPv6 address starts so (0000:ffff::/32 is reserved by RFC 4291): IPv4 has a place of it. */
  private static final long IPV4 = 0x0000_ffffL << 32;

  private AddressGroup() {}

  public static long of(InetAddress address) {
    byte[] bytes = address.getAddress();
    long value = 0;
    int counted = address instanceof Inet4Address ? 4 : 8;
    for (int i = 0; i < counted; i++) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return counted == 4 ? IPV4 | value : value;
  }
}
