package dev.daypass;

import dev.daypass.fleet.BundleFormatException;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.fleet.key.StagedKey;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.operator.OperatorSocket;
import dev.daypass.signer.PublicKeys;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trust bundle that is served, and how a newer one takes its place (DESIGN section 3).
 *
 * <p>Crash order: the file is durable before the entry, so that a start finds what it has to write
 * down; served is only what is in the ledger.
 */
final class BundleShelf {
  private static final Logger LOG = LoggerFactory.getLogger(BundleShelf.class);

  private final Foundation base;
  private volatile SignedTrustBundle newest;
  private volatile OwnKeys ownKeys;

  /** Starts with the bundle that was read from the state folder. */
  static BundleShelf of(Foundation base, SignedTrustBundle newest)
      throws IOException, LedgerUnavailable {
    return new BundleShelf(
        base, newest, OwnKeys.of(base.signer().keys(), base.state(), base.ledger()));
  }

  private BundleShelf(Foundation base, SignedTrustBundle newest, OwnKeys ownKeys) {
    this.base = base;
    this.newest = newest;
    this.ownKeys = ownKeys;
  }

  SignedTrustBundle newest() {
    return newest;
  }

  /** The fingerprints of every key of this authority, those of a new bundle as well. */
  Set<Fingerprint> ownKeys() {
    return ownKeys.fingerprints();
  }

  Map<String, OperatorSocket.Command> commands() {
    return Map.of("publish-bundle", this::publish);
  }

  /** {@code publish-bundle DOCUMENT}: its number and its entry. */
  private synchronized String publish(String operator, List<String> words) {
    if (words.size() != 1) {
      return "refused one signed trust bundle";
    }
    try {
      SignedTrustBundle bundle = SignedTrustBundle.parse(words.getFirst());
      Optional<String> fault = fault(bundle);
      if (fault.isPresent()) {
        return "refused " + fault.get();
      }
      base.state().addBundle(bundle);
      EntryNumber entry = write(bundle, operator);
      ownKeys = ownKeys.with(bundle.bundle());
      newest = bundle;
      return "done " + entry;
    } catch (BundleFormatException e) {
      return "refused that is no signed trust bundle: " + e.getMessage();
    } catch (IOException e) {
      LOG.error("a trust bundle cannot be published", e);
      return "refused the bundle cannot be kept; the daemon's log says why";
    } catch (LedgerUnavailable e) {
      return "refused " + e.getMessage() + "; publish it again, or the next start does";
    }
  }

  private Optional<String> fault(SignedTrustBundle signed) throws IOException {
    var objection =
        signed.objection(base.state().rootKey(), newest.bundle().number(), base.clock().instant());
    if (objection.isPresent()) {
      return Optional.of(
          switch (objection.get()) {
            case NOT_SIGNED_BY_ROOT -> "it is not signed by the root key, " + root();
            case NOT_RISING ->
                "its number is not above that of the served one, " + newest.bundle().number();
            case EXPIRED -> "it was valid until " + signed.bundle().validUntil();
          });
    }
    return missing(signed.bundle());
  }

  /** A bundle without the keys in use would make every server refuse what they signed. */
  private Optional<String> missing(TrustBundle bundle) {
    if (!bundle.ledgerOrigin().equals(newest.bundle().ledgerOrigin())) {
      return Optional.of("it is of another ledger, " + bundle.ledgerOrigin());
    }
    if (!bundle.channelKeys().contains(base.channel().publicKey())) {
      return Optional.of("it leaves out the channel key of this daemon; servers would refuse all");
    }
    return base.book().all().stream()
        .map(key -> fault(key, names(bundle, key)))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> unnamed(bundle));
  }

  /** Also after a recovery, when the ledger's details of a key are lost. */
  private Optional<String> unnamed(TrustBundle bundle) {
    PublicKeys keys = base.signer().keys();
    boolean complete =
        bundle.userCaKeys().contains(keys.userCa())
            && bundle.hostCaKeys().contains(keys.hostCa())
            && bundle.ledgerKeys().contains(keys.ledger());
    return complete
        ? Optional.empty()
        : Optional.of("it leaves out a key that this daemon signs with; servers would refuse all");
  }

  private static boolean names(TrustBundle bundle, StagedKey key) {
    List<SshPublicKey> ofThatUse =
        switch (key.use()) {
          case USER_CA -> bundle.userCaKeys();
          case HOST_CA -> bundle.hostCaKeys();
          case LEDGER -> bundle.ledgerKeys();
          case CHANNEL, ROOT -> List.of();
        };
    return ofThatUse.stream().anyMatch(named -> named.fingerprint().equals(key.fingerprint()));
  }

  private static Optional<String> fault(StagedKey key, boolean named) {
    String which = "the " + key.stage().wireName() + " " + key.use().keyName() + " key ";
    return switch (key.stage()) {
      case NEXT -> Optional.empty();
      case ACTIVE, RETIRING ->
          named
              ? Optional.empty()
              : Optional.of(
                  "it leaves out "
                      + which
                      + key.fingerprint()
                      + "; servers would refuse what it"
                      + " signed");
      case RETIRED ->
          named ? Optional.of("it names " + which + key.fingerprint()) : Optional.empty();
    };
  }

  private EntryNumber write(SignedTrustBundle bundle, String operator) throws LedgerUnavailable {
    JsonObject details =
        JsonObject.builder().put("bundle", bundle.text()).put("by", operator).build();
    Bytes sha256 = Bytes.ofUtf8(bundle.text()).sha256();
    return base.ledger()
        .append(
            Draft.published(
                EntryKind.BUNDLE_PUBLISHED,
                details,
                PublicPart.published(bundle.bundle().number(), sha256)))
        .number();
  }

  private Fingerprint root() throws IOException {
    return base.state().rootKey().fingerprint();
  }
}
