package dev.daypass.web;

import dev.daypass.policy.address.IpAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * The address that a request is counted and recorded under. {@code X-Forwarded-For} is believed
 * only as far as trusted proxies wrote it (CASES 70).
 */
final class ClientAddress {
  private static final int MAX_HOPS = 32;

  private ClientAddress() {}

  /**
   * Walks the chain from the peer towards the client while each hop is a trusted proxy. What an
   * untrusted hop claims about those behind it is ignored, as is everything left of what cannot be
   * read.
   *
   * @param forwarded the values of X-Forwarded-For in the order received
   */
  static InetAddress of(
      InetAddress peer, List<String> forwarded, Predicate<InetAddress> trustedProxy) {
    InetAddress nearest = peer;
    String chain = String.join(",", forwarded);
    int end = chain.length();
    for (int hop = 0; hop < MAX_HOPS && end > 0 && trustedProxy.test(nearest); hop++) {
      int comma = chain.lastIndexOf(',', end - 1);
      InetAddress next = literal(chain.substring(comma + 1, end).strip(), nearest);
      if (next.equals(nearest)) {
        return nearest;
      }
      nearest = next;
      end = comma;
    }
    return nearest;
  }

  /** An address literal, with or without a port; never a name, so nothing is looked up. */
  private static InetAddress literal(String text, InetAddress otherwise) {
    String bare = text;
    int colon = text.indexOf(':');
    if (text.startsWith("[") && text.indexOf(']') > 0) {
      bare = text.substring(1, text.indexOf(']'));
    } else if (colon >= 0 && colon == text.lastIndexOf(':')) {
      bare = text.substring(0, colon);
    }
    // Read by hand, so that nothing here can ask a name server.
    return IpAddress.parse(bare)
        .map(address -> InetAddress.ofLiteral(address.toString()))
        .orElse(otherwise);
  }
}
