package dev.daypass.cert.lint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * The value of {@code source-address}: networks with their mask, comma between, none twice.
 *
 * <p>sshd (addrmatch.c, addr_match_cidr_list) denies every login for a network with host bits, a
 * negation, a space or an empty item, and for an IPv4 address in IPv6's form; it reads an address
 * without mask as one host. Only what has one reading passes here.
 */
final class SourceAddresses {
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]*:[0-9a-f:]*");
  private static final Pattern PREFIX_LENGTH = Pattern.compile("[1-9][0-9]{0,2}");

  /**
   * The list that passed last: one certificate is linted three times, and a role's list is the same
   * for everybody. Compared as a whole, and only what passed is kept.
   */
  private static final AtomicReference<String> PASSED = new AtomicReference<>("");

  private SourceAddresses() {}

  static boolean areCanonical(String value) {
    if (!value.isEmpty() && value.equals(PASSED.get())) {
      return true;
    }
    boolean canonical = eachIsCanonical(value);
    if (canonical) {
      PASSED.set(value);
    }
    return canonical;
  }

  private static boolean eachIsCanonical(String value) {
    Set<String> seen = new HashSet<>();
    for (String item : value.split(",", -1)) {
      if (!isCanonical(item) || !seen.add(item)) {
        return false;
      }
    }
    return true;
  }

  /** Whether this is a network: canonical address, mask of at least one bit, no host bits. */
  private static boolean isCanonical(String item) {
    int slash = item.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String address = item.substring(0, slash);
    String length = item.substring(slash + 1);
    if (!PREFIX_LENGTH.matcher(length).matches() || !isLiteral(address)) {
      return false;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      // Java turns IPv4 in IPv6's form into IPv4: the family must stay what was written.
      boolean sameFamily = (bytes.length == 4) == IPV4.matcher(address).matches();
      int prefix = Integer.parseInt(length);
      return sameFamily
          && prefix <= 8 * bytes.length
          && hostBitsAreZero(bytes, prefix)
          && canonicalText(bytes).equals(address);
    } catch (UnknownHostException _) {
      return false;
    }
  }

  /** Guards {@link InetAddress#getByName}, which would ask the DNS for anything else. */
  private static boolean isLiteral(String address) {
    return IPV4.matcher(address).matches() || IPV6.matcher(address).matches();
  }

  private static boolean hostBitsAreZero(byte[] address, int prefix) {
    for (int bit = prefix; bit < 8 * address.length; bit++) {
      if ((address[bit / 8] >> (7 - bit % 8) & 1) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Dotted quads, or RFC 5952 section 4. */
  private static String canonicalText(byte[] address) throws UnknownHostException {
    if (address.length == 4) {
      return InetAddress.getByAddress(address).getHostAddress();
    }
    return Ipv6Text.of(address);
  }
}
