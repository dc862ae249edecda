package dev.daypass.web.api;

import dev.daypass.ssh.SshPublicKey;
import java.util.List;
import java.util.Optional;

/** What anyone may read. The root implements it over the signer, the fleet and the ledger. */
public interface Published {
  /** Keys that sign user certificates, the active one first. */
  List<SshPublicKey> userCaKeys();

  /** Keys that sign host certificates, the active one first. */
  List<SshPublicKey> hostCaKeys();

  /** The newest trust bundle with its signature, as served. */
  Optional<String> bundle();

  /** The origin of the ledger's checkpoints. */
  String ledgerOrigin();

  /** Lines for a client's known_hosts. */
  String knownHosts();

  /** The same of names under this machine's own domain only. */
  String ownKnownHosts();

  /** Host patterns that clients may put into their configuration. */
  List<String> hostPatterns();
}
