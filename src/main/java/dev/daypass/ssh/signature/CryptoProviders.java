package dev.daypass.ssh.signature;

/** Which cryptographic provider signs and verifies in this process. */
public final class CryptoProviders {
  private CryptoProviders() {}

  /** Name and version, for start-up messages. */
  public static String description() {
    return SignatureProvider.fastest().description();
  }
}
