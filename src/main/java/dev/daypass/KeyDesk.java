package dev.daypass;

import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.fleet.host.HostRegistry;
import dev.daypass.fleet.key.BundleReach;
import dev.daypass.fleet.key.KeyLife;
import dev.daypass.fleet.key.KeySurroundings;
import dev.daypass.fleet.key.StagedKey;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.StopCause;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.policy.host.HostName;
import dev.daypass.revocation.RevocationOutcome;
import dev.daypass.revocation.Revocations;
import dev.daypass.revocation.Revoker;
import dev.daypass.revocation.Target;
import dev.daypass.revocation.live.LiveCertificate;
import dev.daypass.signer.PublicKeys;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a change of keys asks of the rest, from where each part of it lives. */
record KeyDesk(Foundation base, HostRegistry servers, BundleReach reach, Revocations revocations)
    implements KeySurroundings {
  private static final int BUNDLES = 1000;

  KeyLife life() {
    return new KeyLife(
        base.ledger(), base.book(), this, base.config().login().lifetime(), base.clock());
  }

  @Override
  public PublicKeys reload() throws IOException {
    PublicKeys held = base.keys().reload(base.book());
    base.signer().reorder();
    return held;
  }

  @Override
  public List<TrustBundle> bundles() throws IOException {
    return base.state().bundles().stream().map(SignedTrustBundle::bundle).toList();
  }

  @Override
  public Optional<Instant> publishedAt(long bundle) throws LedgerUnavailable {
    EntrySearch published =
        EntrySearch.of(Optional.of(EntryKind.BUNDLE_PUBLISHED), SearchKeys.NONE, BUNDLES);
    for (EntryNumber number : base.ledger().search(published)) {
      Optional<Entry> entry = base.ledger().entry(number);
      if (entry
          .flatMap(Entry::publicPart)
          .flatMap(part -> part.integer("number"))
          .filter(at -> at == bundle)
          .isPresent()) {
        return entry.map(Entry::at);
      }
    }
    return Optional.empty();
  }

  @Override
  public List<HostName> without(long bundle) {
    return reach.without(bundle, servers.all());
  }

  @Override
  public long living(StagedKey key) throws LedgerUnavailable {
    if (!base.revoked().isComplete()) {
      throw new LedgerUnavailable(
          StopCause.OVERLOADED, "what is alive is still being read from the ledger");
    }
    return base.revoked().unrevoked(standingBy(key), base.clock().instant()).size();
  }

  /** Of a ledger key: those whose proof it signed. */
  private Predicate<LiveCertificate> standingBy(StagedKey key) {
    return switch (key.use()) {
      case LEDGER ->
          certificate ->
              certificate.holder().host().isEmpty()
                  && base.book()
                      .ledgerKeysAt(new TreeSize(certificate.serial().value() + 1))
                      .contains(key.fingerprint());
      case USER_CA, HOST_CA, CHANNEL, ROOT ->
          certificate -> certificate.caKey().filter(key.fingerprint()::equals).isPresent();
    };
  }

  @Override
  public Optional<String> revoke(Fingerprint caKey, String operator, String why) {
    return switch (revocations.revoke(
        new Target.OfCaKey(caKey), new Revoker.Local(operator), why)) {
      case RevocationOutcome.Done _ -> Optional.empty();
      case RevocationOutcome.Refused refused -> Optional.of(refused.detail());
    };
  }
}
