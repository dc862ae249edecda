package dev.daypass.oidc.keys;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Which addresses may be fetched at all (CASES 52): https, or plain http on loopback. */
public final class Endpoint {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private Endpoint() {}

  /** Whether the address is an https URL with a host and no user, or http on loopback. */
  public static boolean usable(URI uri) {
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      return false;
    }
    return "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback(uri));
  }

  /**
   * Whether a document of {@code issuer} may name {@code target} as one of its places: another name
   * by https, never an address literal or loopback that the issuer is not itself.
   */
  static boolean mayName(URI issuer, URI target) {
    if (!usable(target)) {
      return false;
    }
    boolean encrypted = "https".equals(target.getScheme());
    if (target.getHost().equalsIgnoreCase(issuer.getHost())) {
      return encrypted || "http".equals(issuer.getScheme());
    }
    if (loopback(issuer)) {
      return loopback(target);
    }
    return encrypted && !literal(target.getHost()) && !mayBeLoopback(target);
  }

  private static boolean loopback(URI uri) {
    return LOOPBACK.contains(uri.getHost());
  }

  /** RFC 6761 section 6.3: so is every name below {@code localhost}, in either case. */
  private static boolean mayBeLoopback(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.equals("localhost") || host.endsWith(".localhost");
  }

  private static boolean literal(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return host.startsWith("[") || last.isEmpty() || Character.isDigit(last.charAt(0));
  }
}
