package dev.daypass.ssh.signature;

import java.util.Optional;

/** Which cryptographic provider signs and verifies in this process. */
public final class CryptoProviders {
  private CryptoProviders() {}

  /** Name and version, for start-up messages. */
  public static String description() {
    return SignatureProvider.fastest().description();
  }

  /** What it costs that the native provider does not load; empty where it does. */
  public static Optional<String> fallback() {
    return SignatureProvider.fastest().cost();
  }
}
