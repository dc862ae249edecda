package dev.daypass.policy.address;

import dev.daypass.ssh.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text forms of addresses: reading (RFC 4291 section 2.2) and writing (RFC 5952 section 4). */
final class IpText {

  private static final Pattern DECIMAL_OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern HEX_GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final int GROUPS = 8;
  private static final int MAX_LENGTH = 45;

  private IpText() {}

  static Optional<Bytes> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return text.indexOf(':') < 0 ? parseIpv4(text) : parseIpv6(text);
  }

  static String format(Bytes octets) {
    return octets.size() == 4 ? formatIpv4(octets) : formatIpv6(octets);
  }

  /** Four decimal octets without leading zeros, which some readers take for octal. */
  private static Optional<Bytes> parseIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    byte[] octets = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (!DECIMAL_OCTET.matcher(parts[i]).matches() || Integer.parseInt(parts[i]) > 255) {
        return Optional.empty();
      }
      octets[i] = (byte) Integer.parseInt(parts[i]);
    }
    return Optional.of(Bytes.of(octets));
  }

  private static Optional<Bytes> parseIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true).filter(all -> all.size() == GROUPS).map(IpText::toBytes);
    }
    Optional<List<Integer>> head = groups(text.substring(0, gap), false);
    Optional<List<Integer>> tail = groups(text.substring(gap + 2), true);
    if (head.isEmpty() || tail.isEmpty()) {
      return Optional.empty();
    }
    int zeros = GROUPS - head.get().size() - tail.get().size();
    if (zeros < 1) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(head.get());
    for (int i = 0; i < zeros; i++) {
      all.add(0);
    }
    all.addAll(tail.get());
    return Optional.of(toBytes(all));
  }

  /** Groups of 16 bits; the last two may be written as an IPv4 address where that is allowed. */
  private static Optional<List<Integer>> groups(String text, boolean mayEndInIpv4) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return Optional.of(groups);
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (mayEndInIpv4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        Optional<Bytes> ipv4 = parseIpv4(parts[i]);
        if (ipv4.isEmpty()) {
          return Optional.empty();
        }
        groups.add(group(ipv4.get(), 0));
        groups.add(group(ipv4.get(), 2));
      } else if (HEX_GROUP.matcher(parts[i]).matches()) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  private static int group(Bytes octets, int offset) {
    return (octets.byteAt(offset) & 0xff) << 8 | (octets.byteAt(offset + 1) & 0xff);
  }

  private static Bytes toBytes(List<Integer> groups) {
    byte[] octets = new byte[2 * GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      octets[2 * i] = (byte) (groups.get(i) >> 8);
      octets[2 * i + 1] = (byte) (int) groups.get(i);
    }
    return Bytes.of(octets);
  }

  private static String formatIpv4(Bytes octets) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      text.append(i == 0 ? "" : ".").append(octets.byteAt(i) & 0xff);
    }
    return text.toString();
  }

  /** RFC 5952 section 4.2: the first of the longest runs of two or more zero groups is "::". */
  private static String formatIpv6(Bytes octets) {
    int gapStart = -1;
    int gapLength = 1;
    for (int start = 0; start < GROUPS; start++) {
      int length = zeroRun(octets, start);
      if (length > gapLength) {
        gapStart = start;
        gapLength = length;
      }
    }
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < GROUPS) {
      if (i == gapStart) {
        text.append("::");
        i += gapLength;
      } else {
        boolean separated = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(separated ? "" : ":").append(Integer.toHexString(group(octets, 2 * i)));
        i++;
      }
    }
    return text.toString();
  }

  private static int zeroRun(Bytes octets, int start) {
    int end = start;
    while (end < GROUPS && group(octets, 2 * end) == 0) {
      end++;
    }
    return end - start;
  }
}
