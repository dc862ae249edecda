package dev.daypass.config.value;

import dev.daypass.config.yaml.YamlValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Checks of URLs that are compared byte for byte later on. */
public final class PublicOrigin {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private PublicOrigin() {}

  /**
   * The public origin (DESIGN section 4, "Requests"): {@code https://host[:port]}, lower case,
   * nothing after it; plain {@code http} on a loopback name only.
   */
  public static Optional<String> read(YamlValue value) {
    Optional<URI> uri =
        value.parsed("an origin such as https://ca.example.com:8443", text -> uri(text));
    return uri.flatMap(u -> {
      String origin = canonical(u);
      if (u.getScheme().equals("http") && !LOOPBACK.contains(u.getHost())) {
        value.fault("is plain http on a public name", "begin it with https://");
        return Optional.empty();
      }
      if (!origin.equals(u.toString())) {
        value.fault("is not a bare origin in lower case", "write " + origin);
        return Optional.empty();
      }
      return Optional.of(origin);
    });
  }

  /** An identity provider's exact {@code iss}: https without query; http on loopback only. */
  public static Optional<String> issuer(YamlValue value) {
    return value
        .parsed("a URL such as https://login.example.com", text -> uri(text))
        .flatMap(u -> {
          if (u.getScheme().equals("http") && !LOOPBACK.contains(u.getHost())) {
            value.fault("is plain http: anybody on the way could be it", "use https://");
            return Optional.empty();
          }
          if (u.getRawQuery() != null || u.getRawFragment() != null) {
            value.fault("has a query or fragment", "keep what stands before ? and #");
            return Optional.empty();
          }
          return Optional.of(u.toString());
        });
  }

  private static Optional<URI> uri(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      boolean web = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
      boolean plain = uri.getHost() != null && uri.getRawUserInfo() == null;
      return web && plain && uri.getPort() <= 65535 ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static String canonical(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
  }
}
