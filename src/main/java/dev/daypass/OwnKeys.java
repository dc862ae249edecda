package dev.daypass;

import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.signer.PublicKeys;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fingerprints of every key of this certificate authority, retired ones as well: none of them
 * is ever certified (CASES 35). A retired key is in no trust bundle of today, but in an older one;
 * and where that was cleared away, the ledger still names it.
 */
record OwnKeys(Set<Fingerprint> fingerprints) {
  private static final int PAGE = 1000;

  OwnKeys {
    fingerprints = Set.copyOf(fingerprints);
  }

  static OwnKeys of(PublicKeys signing, StateFolder state, Ledger ledger)
      throws IOException, LedgerUnavailable {
    Set<Fingerprint> all = new HashSet<>(recorded(ledger));
    Stream.of(signing.userCa(), signing.hostCa(), signing.ledger(), state.rootKey())
        .map(SshPublicKey::fingerprint)
        .forEach(all::add);
    for (SignedTrustBundle bundle : state.bundles()) {
      trusted(bundle.bundle()).map(SshPublicKey::fingerprint).forEach(all::add);
    }
    return new OwnKeys(all);
  }

  /** Those of a new trust bundle as well. */
  OwnKeys with(TrustBundle bundle) {
    Set<Fingerprint> more = new HashSet<>(fingerprints);
    trusted(bundle).map(SshPublicKey::fingerprint).forEach(more::add);
    return new OwnKeys(more);
  }

  private static Stream<SshPublicKey> trusted(TrustBundle bundle) {
    return Stream.of(
            bundle.userCaKeys(),
            bundle.hostCaKeys(),
            bundle.ledgerKeys(),
            bundle.channelKeys(),
            bundle.breakGlassKey().map(List::of).orElse(List.of()))
        .flatMap(Collection::stream);
  }

  /** What {@code ledger.created} and {@code ca.key.added} say in public, which is never erased. */
  private static Set<Fingerprint> recorded(Ledger ledger) throws LedgerUnavailable {
    Set<Fingerprint> recorded = new HashSet<>();
    for (EntryNumber created : entries(ledger, EntryKind.LEDGER_CREATED, Optional.empty())) {
      Optional<JsonObject> keys = part(ledger, created).flatMap(part -> part.object("keys"));
      if (keys.isPresent()) {
        for (String name : keys.get().members().keySet()) {
          recorded.add(fingerprint(created, keys.get(), name));
        }
      }
    }
    Optional<Long> before = Optional.empty();
    List<EntryNumber> page;
    do {
      page = entries(ledger, EntryKind.CA_KEY_ADDED, before);
      for (EntryNumber added : page) {
        recorded.add(fingerprint(added, part(ledger, added).orElseThrow(), "fingerprint"));
        before = Optional.of(added.value());
      }
    } while (page.size() == PAGE);
    return recorded;
  }

  private static List<EntryNumber> entries(Ledger ledger, EntryKind kind, Optional<Long> before)
      throws LedgerUnavailable {
    return ledger.search(
        new EntrySearch(
            Optional.of(kind), SearchKeys.NONE, Optional.empty(), Optional.empty(), before, PAGE));
  }

  private static Optional<JsonObject> part(Ledger ledger, EntryNumber number)
      throws LedgerUnavailable {
    return ledger.entry(number).flatMap(Entry::publicPart);
  }

  private static Fingerprint fingerprint(EntryNumber entry, JsonObject part, String name) {
    try {
      return Fingerprint.parse(part.text(name).orElse(""));
    } catch (SshFormatException e) {
      throw new IllegalStateException("entry " + entry + " names a key by no fingerprint", e);
    }
  }
}
