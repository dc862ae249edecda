package dev.daypass.bench;

import java.time.Duration;

/**
 * The two routes and {@code ssh-keygen -s}, measured one right after the other, so that a noisy
 * machine is as noisy for each.
 *
 * @param emptyCpu processor time of the daemon during the empty route
 * @param headed the empty route, asked with the heads of the certificate requests
 * @param certificateCpu processor time of the daemon while it issued
 * @param rowsPerCommit certificates to a batch
 * @param signaturesPerSecond certificates, if there were nothing but {@link SignatureLoop}
 */
record Round(
    Load empty,
    Duration emptyCpu,
    Load headed,
    Duration headedCpu,
    Load certificates,
    Duration certificateCpu,
    double rowsPerCommit,
    double sshKeygenPerSecond,
    double signaturesPerSecond) {
  double ofEmpty() {
    return certificates.perSecond() / empty.perSecond();
  }

  double ofHeaded() {
    return certificates.perSecond() / headed.perSecond();
  }

  /** The most that {@link #ofEmpty} can be: an empty answer and the signatures, one by one. */
  double ceiling() {
    return 1 / (1 + empty.perSecond() / signaturesPerSecond);
  }

  double ofSshKeygen() {
    return certificates.perSecond() / sshKeygenPerSecond;
  }
}
