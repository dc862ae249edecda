package dev.daypass;

import dev.daypass.config.DaypassConfig;
import dev.daypass.config.policy.LoadedPolicy;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.Loss;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.entry.PublicPart.PreviousHead;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.reload.PolicyReload;
import dev.daypass.signer.PublicKeys;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.CryptoProviders;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a starting daemon writes down before it serves: the ledger's first entries if it is new,
 * then that it started, under which configuration and policy, and a trust bundle that was not
 * published yet (DESIGN section 6).
 */
final class OpeningEntries {
  private static final Logger LOG = LoggerFactory.getLogger(OpeningEntries.class);

  /** One thing to write down. */
  @FunctionalInterface
  private interface Step {
    void append() throws LedgerUnavailable;
  }

  private final Ledger ledger;
  private final DaypassConfig config;
  private final PublicKeys keys;
  private final StateFolder state;

  /** Guarded by this; the next step first. */
  private final Deque<Step> todo = new ArrayDeque<>();

  private volatile boolean written;

  OpeningEntries(Ledger ledger, DaypassConfig config, PublicKeys keys, StateFolder state) {
    this.ledger = ledger;
    this.config = config;
    this.keys = keys;
    this.state = state;
  }

  /** When the newest entry was written; long ago if there is none. */
  Instant newestAt() throws LedgerUnavailable {
    long size = ledger.size().value();
    return size == 0
        ? Instant.EPOCH
        : ledger.entry(new EntryNumber(size - 1)).map(Entry::at).orElse(Instant.EPOCH);
  }

  /** Whether all of them are written, so that grants may follow. */
  boolean written() {
    return written;
  }

  /** Does what writes entries, if the first of this start are written. */
  void afterwards(Runnable chore) {
    if (written) {
      chore.run();
    }
  }

  /** Writes what is not written yet; called at the start, and again until all is. */
  synchronized void write(LoadedPolicy policy) throws IOException {
    if (todo.isEmpty() && !written) {
      todo.addAll(steps(policy));
    }
    try {
      while (!todo.isEmpty()) {
        todo.peek().append();
        todo.remove();
      }
      written = true;
    } catch (LedgerUnavailable e) {
      LOG.warn("the first entries of this start wait for the ledger: {}", e.getMessage());
    }
  }

  /** Writes them again and again until all are; for a chore, so that it fails in the log alone. */
  void writeRest(LoadedPolicy policy) {
    if (!written()) {
      try {
        write(policy);
      } catch (IOException e) {
        LOG.error("the first entries of this start cannot be made", e);
      }
    }
  }

  private List<Step> steps(LoadedPolicy policy) throws IOException {
    JsonObject policyDetails = PolicyReload.details(policy);
    SignedTrustBundle bundle = state.newestBundle();
    Optional<PreviousHead> previous = previous();
    Optional<Loss> loss = state.loss().read();
    return List.of(
        () -> create(previous),
        () -> append(EntryKind.DAEMON_STARTED, program()),
        () -> tell(loss),
        () -> append(EntryKind.CONFIG_LOADED, configuration()),
        () -> append(EntryKind.POLICY_LOADED, policyDetails),
        () -> publishBundle(bundle));
  }

  /** Where the ledger ended that this one replaces (DESIGN section 6, "Lost entries"). */
  private Optional<PreviousHead> previous() throws IOException {
    Path file = state.previousCheckpoint();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Checkpoint last = Checkpoint.parse(SignedNote.parse(Files.readString(file)).text());
      return Optional.of(new PreviousHead(last.origin(), last.size(), last.root()));
    } catch (TlogFormatException e) {
      throw new IOException(file + " is no checkpoint", e);
    }
  }

  /** Tombstones are believed only where an entry names them. Told twice it is told as well. */
  private void tell(Optional<Loss> loss) throws LedgerUnavailable {
    if (loss.isPresent()) {
      JsonObject cause = JsonObject.builder().put("cause", "lost").build();
      append(EntryKind.DETAILS_ERASED, loss.get().in(cause));
      try {
        state.loss().clear();
      } catch (IOException e) {
        LOG.warn("{} is told again at the next start", state.loss().path(), e);
      }
    }
  }

  private void create(Optional<PreviousHead> previous) throws LedgerUnavailable {
    if (ledger.size().value() > 0) {
      return;
    }
    JsonObject details = JsonObject.builder().put("origin", config.ledger().origin()).build();
    ledger.append(
        Draft.published(
            EntryKind.LEDGER_CREATED,
            details,
            PublicPart.ledgerCreated(
                config.ledger().origin(),
                Map.of(
                    "user-ca", keys.userCa().fingerprint(),
                    "host-ca", keys.hostCa().fingerprint(),
                    "ledger", keys.ledger().fingerprint()),
                previous)));
    addKey("user-ca", keys.userCa());
    addKey("host-ca", keys.hostCa());
  }

  private void addKey(String use, SshPublicKey key) throws LedgerUnavailable {
    // The key itself, so that to-be-signed bytes can be rebuilt from the ledger alone.
    JsonObject details = JsonObject.builder().put("use", use).put("key", key.line()).build();
    JsonObject part = PublicPart.caKey(key.fingerprint());
    ledger.append(Draft.published(EntryKind.CA_KEY_ADDED, details, part));
    ledger.append(Draft.published(EntryKind.CA_KEY_ACTIVATED, details, part));
  }

  private static JsonObject program() {
    String version = Daemon.class.getPackage().getImplementationVersion();
    return JsonObject.builder()
        .put("version", Optional.ofNullable(version).orElse("development"))
        .put("java", Runtime.version().toString())
        .put("crypto", CryptoProviders.description())
        .build();
  }

  private JsonObject configuration() {
    return JsonObject.builder()
        .put("url", config.url())
        .put("origin", config.ledger().origin())
        .put("providers", String.join(",", config.identity().keySet()))
        .build();
  }

  private void publishBundle(SignedTrustBundle bundle) throws LedgerUnavailable {
    Bytes sha256 = Bytes.ofUtf8(bundle.text()).sha256();
    JsonObject part = PublicPart.published(bundle.bundle().number(), sha256);
    if (!lastPublished().equals(Optional.of(part))) {
      JsonObject details = JsonObject.builder().put("bundle", bundle.text()).build();
      ledger.append(Draft.published(EntryKind.BUNDLE_PUBLISHED, details, part));
    }
  }

  private Optional<JsonObject> lastPublished() throws LedgerUnavailable {
    var newest =
        ledger.search(EntrySearch.of(Optional.of(EntryKind.BUNDLE_PUBLISHED), SearchKeys.NONE, 1));
    return newest.isEmpty()
        ? Optional.empty()
        : ledger.entry(newest.getFirst()).flatMap(Entry::publicPart);
  }

  private void append(EntryKind kind, JsonObject details) throws LedgerUnavailable {
    ledger.append(Draft.of(kind, details, SearchKeys.NONE));
  }
}
