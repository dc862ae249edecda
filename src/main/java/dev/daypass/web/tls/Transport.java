package dev.daypass.web.tls;

import java.nio.file.Path;

/** How bytes reach the listener. Plain HTTP is never an accident: it is one of two named cases. */
public sealed interface Transport {
  /**
   * TLS 1.3 from PEM files, read again when they change.
   *
   * @param certificate the chain, the server's certificate first
   * @param key its private key, unencrypted
   */
  record Tls(Path certificate, Path key) implements Transport {}

  /** Plain HTTP, refused unless the listener's address is a loopback address. */
  record Loopback() implements Transport {}

  /** Plain HTTP from the trusted proxies alone, which speak TLS to the clients. */
  record BehindProxy() implements Transport {}
}
