package dev.daypass.policy.address;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses whose host bits are zero, as OpenSSH's {@code source-address} takes it. The
 * range of all addresses is none: who means "anywhere" leaves the restriction out (CASES 21).
 */
public record Cidr(IpAddress network, int prefixLength) {

  private static final Pattern PREFIX_LENGTH = Pattern.compile("[1-9][0-9]{0,2}");

  public Cidr {
    if (!isValid(network, prefixLength)) {
      throw new IllegalArgumentException("not a range of addresses");
    }
  }

  /** The range that holds this address alone. */
  public static Cidr ofSingle(IpAddress address) {
    return new Cidr(address, address.bits());
  }

  /**
   * Reads {@code address/length}, or an address alone. Host bits, spaces, negation, length 0 and
   * IPv4-mapped addresses, whose length could be meant either way, are refused.
   */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    String addressText = slash < 0 ? text : text.substring(0, slash);
    Optional<IpAddress> address = IpAddress.parse(addressText);
    if (address.isEmpty() || address.get().isIpv4() != (addressText.indexOf(':') < 0)) {
      return Optional.empty();
    }
    if (slash < 0) {
      return address.map(Cidr::ofSingle);
    }
    String lengthText = text.substring(slash + 1);
    if (!PREFIX_LENGTH.matcher(lengthText).matches()) {
      return Optional.empty();
    }
    int length = Integer.parseInt(lengthText);
    return address.filter(a -> isValid(a, length)).map(a -> new Cidr(a, length));
  }

  public boolean contains(IpAddress address) {
    if (address.bits() != network.bits()) {
      return false;
    }
    for (int i = 0; i < prefixLength; i++) {
      if (address.bit(i) != network.bit(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether every address of the other range is one of this. */
  public boolean contains(Cidr other) {
    return other.prefixLength >= prefixLength && contains(other.network);
  }

  private static boolean isValid(IpAddress network, int prefixLength) {
    if (prefixLength < 1 || prefixLength > network.bits()) {
      return false;
    }
    for (int i = prefixLength; i < network.bits(); i++) {
      if (network.bit(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return network + "/" + prefixLength;
  }
}
