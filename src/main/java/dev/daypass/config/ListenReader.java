package dev.daypass.config;

import dev.daypass.config.value.Places;
import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the keys {@code listen} and {@code tls}. */
final class ListenReader {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+)):([0-9]{1,5})");
  private static final Pattern HTTPS_HOST = Pattern.compile("^https://([a-z0-9][a-z0-9.-]*)");
  private static final List<String> LISTEN_KEYS = List.of("api", "metrics", "insecure-plain-http");
  private static final List<String> TLS_KEYS = List.of("certificate", "key");
  private static final ListenAddress API = address("0.0.0.0:8443").orElseThrow();
  private static final ListenAddress METRICS = address("127.0.0.1:9443").orElseThrow();

  private final YamlMapping root;
  private final Places places;

  ListenReader(YamlMapping root, Places places) {
    this.root = root;
    this.places = places;
  }

  /**
   * @param trustsProxy whether {@code limits.trusted-proxies} names one
   */
  Optional<ListenConfig> read(boolean trustsProxy) {
    Optional<YamlMapping> listen = root.value("listen").flatMap(v -> v.mapping(LISTEN_KEYS));
    ListenAddress api = listen.flatMap(m -> m.value("api")).flatMap(this::address).orElse(API);
    ListenAddress metrics =
        listen.flatMap(m -> m.value("metrics")).flatMap(this::address).orElse(METRICS);
    Optional<YamlValue> plain = listen.flatMap(m -> m.value("insecure-plain-http"));
    Optional<Transport> transport =
        plain.isPresent() ? plainHttp(plain.get(), api, trustsProxy) : tls();
    return transport.map(t -> new ListenConfig(api, metrics, t));
  }

  /** A numeric address with its port; names are not looked up. */
  static Optional<ListenAddress> address(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    int port = Integer.parseInt(matcher.group(3));
    try {
      InetAddress address = InetAddress.ofLiteral(host);
      return port <= 65535 ? Optional.of(new ListenAddress(address, port)) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Optional<ListenAddress> address(YamlValue value) {
    return value.parsed(
        "a numeric address with a port, such as 0.0.0.0:8443", ListenReader::address);
  }

  private Optional<Transport> tls() {
    Optional<YamlMapping> tls =
        root.require(
                "tls",
                "name certificate and key, or set listen.insecure-plain-http: loopback for a trial")
            .flatMap(v -> v.mapping(TLS_KEYS));
    Optional<YamlValue> certificate =
        tls.flatMap(m -> m.require("certificate", "name a PEM file with the certificate chain"));
    Optional<YamlValue> key = tls.flatMap(m -> m.require("key", "name a PEM file, mode 0600"));
    String host = host();
    var certificateFile =
        certificate.flatMap(value ->
            places.existing(
                value,
                "put the certificate of "
                    + host
                    + " and its chain there, as PEM; for a trial: "
                    + selfSigned(host, value, key)));
    var keyFile =
        key.flatMap(value ->
            places.secretPath(value, "put the certificate's private key there, as PEM, mode 0600"));
    return certificateFile.flatMap(c -> keyFile.map(k -> new Transport.Tls(c, k)));
  }

  private Optional<Transport> plainHttp(YamlValue plain, ListenAddress api, boolean trustsProxy) {
    if (root.value("tls").isPresent()) {
      plain.fault("stands beside tls", "keep one of them");
    }
    Optional<String> choice = plain.oneOf(List.of("loopback", "behind-proxy"));
    if (choice.isEmpty()) {
      return Optional.empty();
    }
    boolean loopback = choice.get().equals("loopback");
    if (loopback && !api.isLoopback()) {
      plain.fault(
          "is loopback, but listen.api is reachable from elsewhere",
          "set listen.api to 127.0.0.1:" + api.port() + ", or use tls");
    }
    if (!loopback && !trustsProxy) {
      plain.fault("names no proxy", "name the proxy's address in limits.trusted-proxies");
    }
    if (!loopback && urlIsPlain()) {
      plain.fault("has a proxy that ends TLS, but url is http", "begin url with https://");
    }
    return Optional.of(loopback ? new Transport.LoopbackHttp() : new Transport.ProxiedHttp());
  }

  /** A command that makes a pair for a few days, ready to be copied. */
  private String selfSigned(String host, YamlValue certificate, Optional<YamlValue> key) {
    return "openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -days 7"
        + " -subj /CN=%1$s -addext subjectAltName=DNS:%1$s".formatted(host)
        + key.flatMap(places::path).map(path -> " -keyout " + path).orElse("")
        + places.path(certificate).map(path -> " -out " + path).orElse("");
  }

  private String host() {
    return root.value("url")
        .flatMap(YamlValue::text)
        .map(HTTPS_HOST::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .orElse("localhost");
  }

  private boolean urlIsPlain() {
    return root.value("url")
        .flatMap(YamlValue::text)
        .filter(u -> u.startsWith("http:"))
        .isPresent();
  }
}
