package dev.daypass.fleet.key;

import dev.daypass.fleet.TrustBundle;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.policy.host.HostName;
import dev.daypass.signer.PublicKeys;
import dev.daypass.ssh.Fingerprint;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: what a change of keys must know of the rest, and what it asks of it. */
public interface KeySurroundings {
  /**
   * Reads again where keys are, and answers those that the signer holds now.
   *
   * @throws IOException with what is wrong and what to do, if the signer holds what it held before
   */
  PublicKeys reload() throws IOException;

  /** The trust bundles that were published, the newest last. */
  List<TrustBundle> bundles() throws IOException;

  /** When the trust bundle of that number was published; empty if the ledger does not say. */
  Optional<Instant> publishedAt(long bundle) throws LedgerUnavailable;

  /** Servers that have not said that they have that trust bundle or a later one. */
  List<HostName> without(long bundle);

  /** How many unrevoked certificates are alive that stand or fall with that key. */
  long living(StagedKey key) throws LedgerUnavailable;

  /** Revokes a CA key and all that it signed; empty if that is done, else why not. */
  Optional<String> revoke(Fingerprint caKey, String operator, String why);
}
