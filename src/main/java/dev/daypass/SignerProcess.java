package dev.daypass;

import dev.daypass.config.signer.SignerConfig;
import dev.daypass.custody.TwoSlotHeadFile;
import dev.daypass.custody.remote.SignerListener;
import dev.daypass.signer.LocalSigner;
import dev.daypass.signer.SignerLimits;
import dev.daypass.signer.SignerRates;
import dev.daypass.ssh.signature.CryptoProviders;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signer in a process and user of its own (DESIGN section 3): all that holds CA keys and ledger
 * key, and all that says no to a daemon that was taken over.
 */
final class SignerProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignerProcess.class);

  private final RunningParts parts;
  private final LocalSigner signer;

  private SignerProcess(RunningParts parts, LocalSigner signer) {
    this.parts = parts;
    this.signer = signer;
  }

  /**
   * Starts it; it answers when this returns.
   *
   * @param headInDoubt ends the process
   */
  static SignerProcess start(SignerConfig config, Runnable headInDoubt) throws IOException {
    RunningParts parts = new RunningParts();
    try {
      TwoSlotHeadFile head = parts.started(TwoSlotHeadFile.open(config.head()));
      SignerLimits limits =
          SignerLimits.ofLifetimes(config.certificateLifetime(), config.hostCertificateLifetime());
      SignerRates rates =
          new SignerRates(
              config.signatures().userCa(),
              config.signatures().hostCa(),
              config.signatures().ledger());
      LocalSigner signer =
          LocalSigner.open(
              OpenedKeys.signing(config.keys(), new KeyRing(parts)),
              limits,
              rates,
              System::nanoTime,
              head);
      if (!signer.head().origin().equals(config.origin())) {
        throw new IOException(
            config.head() + " is the head of " + signer.head().origin() + "; name its own origin");
      }
      parts.started(SignerListener.open(config.socket(), config.client(), signer, headInDoubt));
      CryptoProviders.fallback().ifPresent(LOG::warn);
      LOG.info(
          "signing for {} at {}, asked by user {}",
          config.origin(),
          config.socket(),
          config.client());
      return new SignerProcess(parts, signer);
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** What it stands at, asked where every signature passes; for systemd. */
  String state() {
    return "signing for " + signer.head().origin() + ", at " + signer.head().size();
  }

  @Override
  public void close() {
    parts.close();
  }
}
