package dev.daypass.revocation.publish;

import dev.daypass.krl.KeyRevocationList;
import dev.daypass.krl.RevokedCertificates;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.revocation.live.RevocationState;
import dev.daypass.signer.ChannelSigner;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.tlog.EntryNumber;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes lists and hands them out, in an order that no crash breaks: the entry {@code
 * krl.published}; then the file; then the shelf from which they are fetched. What was handed out is
 * in the file, and whatever comes after a start has a higher version, because that is the ledger's
 * size. Confined to one thread.
 */
final class KrlPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(KrlPublisher.class);

  /** Servers' clocks may be behind: what ended so little ago still stands in the list. */
  private static final Duration SLACK = Duration.ofMinutes(15);

  /** RELIABILITY R15: from here on each login at a server becomes slow. */
  private static final int MANY = 50_000;

  private final Ledger ledger;
  private final RevocationState state;
  private final ChannelSigner channel;
  private final KrlStore store;
  private final KrlShelf shelf;
  private final InstantSource clock;

  /** Written down, but not in the file yet. */
  private @Nullable PublishedKrl unfiled;

  /** What the newest list says, as {@link RevocationState#changes} counts. */
  private long said = -1;

  private Instant made = Instant.MIN;

  KrlPublisher(
      Ledger ledger,
      RevocationState state,
      ChannelSigner channel,
      KrlStore store,
      KrlShelf shelf,
      InstantSource clock) {
    this.ledger = ledger;
    this.state = state;
    this.channel = channel;
    this.store = store;
    this.shelf = shelf;
    this.clock = clock;
  }

  /**
   * Hands out the list that an earlier process left, until the first one is made. One that the
   * ledger does not name, or names only before others, was put there by somebody else.
   */
  void takeUp() {
    try {
      Optional<PublishedKrl> left =
          store.read().flatMap(file -> PublishedKrl.read(file, channel.publicKey()));
      if (left.isPresent() && isNamed(left.get())) {
        shelf.put(left.get());
      }
    } catch (IOException | LedgerUnavailable e) {
      LOG.warn("the last KRL cannot be taken up: {}", e.getMessage());
    }
  }

  /** Whether something was revoked that the newest list does not say, or it is that old. */
  boolean isDue(Duration maxAge) {
    return unfiled != null
        || state.changes() != said
        || !made.plus(maxAge).isAfter(clock.instant());
  }

  /** Makes a list of what is revoked now, writes it down, and hands it out. */
  void publish() throws LedgerUnavailable, SigningException, IOException {
    long changes = state.changes();
    if (unfiled == null || changes != said) {
      Instant now = clock.instant();
      unfiled = write(list(now));
      said = changes;
      made = now;
      state.prune(now.minus(SLACK));
    }
    store.write(unfiled.file());
    shelf.put(unfiled);
    LOG.info("KRL {} is published, {} bytes", unfiled.version(), unfiled.list().size());
    unfiled = null;
  }

  private KeyRevocationList list(Instant now) {
    List<RevokedCertificates> certificates = state.alive(now.minus(SLACK));
    List<Fingerprint> keys = state.keys();
    int size =
        keys.size() + certificates.stream().mapToInt(ca -> ca.serials().ranges().size()).sum();
    if (size > MANY) {
      LOG.error("the KRL has {} ranges and keys: each login at each server becomes slow", size);
    }
    // The version cannot be one that was used: its own entry makes the ledger larger than it.
    return new KeyRevocationList(ledger.size().value(), now, "daypass", certificates, keys);
  }

  private PublishedKrl write(KeyRevocationList list) throws LedgerUnavailable, SigningException {
    PublishedKrl signed = PublishedKrl.sign(list, channel);
    JsonObject details =
        JsonObject.builder()
            .put("made", list.generatedAt().toString())
            .put("bytes", signed.list().size())
            .put(
                "ranges",
                list.certificates().stream().mapToInt(ca -> ca.serials().ranges().size()).sum())
            .put("keys", list.keys().size())
            .build();
    var _ =
        ledger.append(
            Draft.published(
                EntryKind.KRL_PUBLISHED,
                details,
                PublicPart.published(signed.version(), signed.sha256())));
    return signed;
  }

  /** A crash between entry and file leaves one entry that names no file. */
  private boolean isNamed(PublishedKrl left) throws LedgerUnavailable {
    JsonObject part = PublicPart.published(left.version(), left.sha256());
    EntrySearch newest = EntrySearch.of(Optional.of(EntryKind.KRL_PUBLISHED), SearchKeys.NONE, 2);
    for (EntryNumber number : ledger.search(newest)) {
      if (ledger.entry(number).flatMap(Entry::publicPart).equals(Optional.of(part))) {
        return true;
      }
    }
    return false;
  }
}
