package dev.daypass.policy.address;

import dev.daypass.ssh.Bytes;
import java.net.InetAddress;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address. An IPv4-mapped IPv6 address is the IPv4 address that it maps, as it is
 * to sshd; {@link #toString} is canonical (RFC 5952 section 4).
 *
 * @param octets 4 or 16 of them
 */
public record IpAddress(Bytes octets) {

  private static final Bytes MAPPED_PREFIX = Bytes.ofHex("00000000000000000000ffff");

  public IpAddress {
    if (octets.size() == 16 && octets.slice(0, 12).equals(MAPPED_PREFIX)) {
      octets = octets.slice(12, 16);
    }
    if (octets.size() != 4 && octets.size() != 16) {
      throw new IllegalArgumentException("an address has 4 or 16 octets, not " + octets.size());
    }
  }

  public static IpAddress of(InetAddress address) {
    return new IpAddress(Bytes.of(address.getAddress()));
  }

  /** Reads an address literal, without zone; host names are refused, never looked up. */
  public static Optional<IpAddress> parse(String text) {
    return IpText.parse(text).map(IpAddress::new);
  }

  public boolean isIpv4() {
    return octets.size() == 4;
  }

  int bits() {
    return octets.size() * Byte.SIZE;
  }

  boolean bit(int index) {
    return (octets.byteAt(index / Byte.SIZE) & (0x80 >> (index % Byte.SIZE))) != 0;
  }

  @Override
  public String toString() {
    return IpText.format(octets);
  }
}
