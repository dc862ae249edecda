package dev.daypass.web.console;

import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityRegistry;
import dev.daypass.identity.Username;
import dev.daypass.ledger.count.Counts;
import dev.daypass.ledger.verify.CertificateRebuild;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.policy.Policy;
import dev.daypass.revocation.live.LiveCertificate;
import dev.daypass.tlog.NoteKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What the console reads besides the ledger itself. The root implements it. */
public interface ConsoleSources {
  SignInProviders providers();

  IdentityRegistry registry();

  /** The policy in force. */
  Policy policy();

  /** The servers that joined. */
  List<JoinedHost> servers();

  /** Whose a username is; empty if nobody has brought it. */
  Optional<IdentityId> owner(Username username) throws IOException;

  /**
   * Usernames in the order of their folded forms.
   *
   * @param from where to begin, itself included
   * @param limit how many at most
   */
  List<String> usernames(String from, int limit) throws IOException;

  /** The certificates of a person that are alive and not revoked. */
  List<LiveCertificate> alive(Username username);

  /** What the last days brought, today included. */
  Counts counts(int days) throws IOException;

  /** Makes certificates again from the details of their entries. */
  CertificateRebuild rebuild() throws IOException;

  /** A sentence about each thing that ends soon unless somebody acts. */
  List<String> warnings();

  /** By what the ledger's checkpoints are checked. */
  NoteKey ledgerKey();
}
