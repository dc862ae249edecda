package dev.daypass.config;

import java.nio.file.Path;

/** What protects the API's listener. Plain HTTP is only ever an explicit choice. */
public sealed interface Transport {

  /** TLS from PEM files, read again when they change. */
  record Tls(Path certificate, Path key) implements Transport {}

  /** {@code insecure-plain-http: loopback}: for one machine, for trials and tests. */
  record LoopbackHttp() implements Transport {}

  /** {@code insecure-plain-http: behind-proxy}: TLS ends at one of {@code trusted-proxies}. */
  record ProxiedHttp() implements Transport {}
}
