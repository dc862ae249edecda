package dev.daypass.bench;

import java.time.Duration;

/**
 * The two routes and {@code ssh-keygen -s}, measured one right after the other, so that a noisy
 * machine is as noisy for each.
 *
 * @param emptyCpu processor time of the daemon during the empty route
 * @param certificateCpu processor time of the daemon while it issued
 * @param rowsPerCommit certificates to a batch
 */
record Round(
    Load empty,
    Duration emptyCpu,
    Load certificates,
    Duration certificateCpu,
    double rowsPerCommit,
    double sshKeygenPerSecond) {
  double ofEmpty() {
    return certificates.perSecond() / empty.perSecond();
  }

  double ofSshKeygen() {
    return certificates.perSecond() / sshKeygenPerSecond;
  }
}
