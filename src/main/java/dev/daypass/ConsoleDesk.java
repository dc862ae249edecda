package dev.daypass;

import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityRegistry;
import dev.daypass.identity.Username;
import dev.daypass.issuance.GrantRebuild;
import dev.daypass.ledger.count.Counts;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.verify.CertificateRebuild;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.policy.Policy;
import dev.daypass.reload.PolicyShelf;
import dev.daypass.revocation.Target;
import dev.daypass.revocation.live.LiveCertificate;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.tlog.NoteKey;
import dev.daypass.web.console.ConsoleSources;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What the console reads besides the ledger, from where each part of it lives. */
record ConsoleDesk(Foundation base, PolicyShelf shelf, FleetDesk fleet, SignInProviders providers)
    implements ConsoleSources {
  @Override
  public IdentityRegistry registry() {
    return base.stores().identities();
  }

  @Override
  public Policy policy() {
    return shelf.policy();
  }

  @Override
  public List<JoinedHost> servers() {
    return fleet.registry().all();
  }

  @Override
  public Optional<IdentityId> owner(Username username) throws IOException {
    try {
      return base.stores().identities().owner(username);
    } catch (StoreFailed e) {
      throw new IOException(e);
    }
  }

  @Override
  public List<String> usernames(String from, int limit) throws IOException {
    try {
      return base.stores().identities().usernames(from, limit);
    } catch (StoreFailed e) {
      throw new IOException(e);
    }
  }

  @Override
  public List<LiveCertificate> alive(Username username) {
    return base.revoked().unrevoked(new Target.OfUser(username), base.clock().instant());
  }

  @Override
  public Counts counts(int length) throws IOException {
    try {
      return base.days().last(length);
    } catch (StoreFailed e) {
      throw new IOException(e);
    }
  }

  @Override
  public CertificateRebuild rebuild() throws IOException {
    try {
      return GrantRebuild.ofKeysIn(base.stores().ledger());
    } catch (StoreFailed e) {
      throw new IOException(e);
    }
  }

  @Override
  public List<String> warnings() {
    return fleet.endings().warnings();
  }

  @Override
  public NoteKey ledgerKey() {
    // The signer holds no other kind of ledger key (C2SP signed-note).
    Ed25519PublicKey key = (Ed25519PublicKey) base.signer().keys().ledger();
    return NoteKey.ofEd25519(base.config().ledger().origin(), key.point().toArray());
  }
}
