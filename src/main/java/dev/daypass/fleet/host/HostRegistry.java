package dev.daypass.fleet.host;

import dev.daypass.fleet.HostDirectory;
import dev.daypass.fleet.MapVersions;
import dev.daypass.fleet.ServerMode;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that joined, and every change of them.
 *
 * <p>Crash order: the change is begun in the store, then it is an entry, then it is in force. A
 * crash in between leaves a change that {@link #settle} finishes, under the same entry if there is
 * one already.
 */
public final class HostRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(HostRegistry.class);
  private static final int ID_BYTES = 16;
  private static final int MAX_REASON_CHARACTERS = 500;

  private final HostStore store;
  private final HostEntries entries;
  private final HostDirectory directory;
  private final MapVersions versions;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Changes of one name are one after another, by the store. */
  private final Map<Fingerprint, JoinedHost> byKey = new ConcurrentHashMap<>();

  /** Hears of each change of a server, by its key, once it is in force. */
  private volatile Consumer<Fingerprint> changed = _ -> {};

  /** Changes that a thread of this process is about to finish. */
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  private HostRegistry(
      HostStore store,
      Ledger ledger,
      HostDirectory directory,
      InstantSource clock,
      RandomGenerator random) {
    this.store = store;
    this.entries = new HostEntries(ledger);
    this.directory = directory;
    this.versions = new MapVersions(() -> ledger.size().value());
    this.clock = clock;
    this.random = random;
  }

  /** Opens the registry; the directory knows its servers from now on. */
  public static HostRegistry open(
      HostStore store,
      Ledger ledger,
      HostDirectory directory,
      InstantSource clock,
      RandomGenerator random)
      throws StoreFailed {
    HostRegistry registry = new HostRegistry(store, ledger, directory, clock, random);
    store.all().forEach(registry::take);
    for (HostChange change : store.unfinished()) {
      registry.begun(change);
    }
    return registry;
  }

  /** Which versions maps get while servers change. */
  public MapVersions versions() {
    return versions;
  }

  /** Tells this one of each change from now on; there is one at most. */
  public void onChange(Consumer<Fingerprint> listener) {
    changed = listener;
  }

  /** The server that has joined with this key. */
  public Optional<JoinedHost> ofKey(SshPublicKey key) {
    return ofKey(key.fingerprint());
  }

  /** The same by the key's fingerprint. */
  public Optional<JoinedHost> ofKey(Fingerprint key) {
    return Optional.ofNullable(byKey.get(key));
  }

  public Optional<JoinedHost> find(HostName name) {
    return byKey.values().stream().filter(host -> host.name().equals(name)).findFirst();
  }

  /** Every joined server, by name. */
  public List<JoinedHost> all() {
    return byKey.values().stream()
        .sorted((one, other) -> one.name().compareTo(other.name()))
        .toList();
  }

  /** Gives a server other labels. */
  public ChangeOutcome relabel(
      HostName name, Map<String, String> labels, String operator, String why) {
    return change(HostChange.Kind.CHANGED, name, Optional.of(labels), operator, why);
  }

  /** Takes a server out: its key and its name are free again, its next request is a stranger's. */
  public ChangeOutcome remove(HostName name, String operator, String why) {
    return change(HostChange.Kind.LEFT, name, Optional.empty(), operator, why);
  }

  /** A server says that it checks principals in another way now. */
  public ChangeOutcome changeMode(JoinedHost host, ServerMode mode) {
    return make(
        new HostChange(
            newId(),
            HostChange.Kind.CHANGED,
            Optional.of(host.changed()),
            host.name(),
            host.labels(),
            host.key(),
            mode,
            "host " + host.name(),
            "its mode is " + mode.wireName(),
            clock.instant()),
        Optional.empty());
  }

  /** Finishes what a crash or an unavailable ledger has left; called at the start and again. */
  public void settle() {
    try {
      for (HostChange change : store.unfinished()) {
        if (underWay.add(change.id())) {
          settle(change);
        }
      }
    } catch (StoreFailed | LedgerUnavailable e) {
      LOG.warn("changes of servers wait for the ledger: {}", e.getMessage());
    }
  }

  /** Its own thread may have finished it since it was read: only now nobody else will. */
  private void settle(HostChange change) throws StoreFailed, LedgerUnavailable {
    if (store.unfinished().stream().anyMatch(each -> each.id().equals(change.id()))) {
      finish(change);
    } else {
      versions.end(change.id());
      underWay.remove(change.id());
    }
  }

  /** Begins the change, writes it down, puts it in force. */
  ChangeOutcome make(HostChange change, Optional<Bytes> token) {
    underWay.add(change.id());
    try {
      HostStore.Begun begun = store.begin(change, token);
      return begun == HostStore.Begun.BEGUN
          ? new ChangeOutcome.Changed(finish(change))
          : refusal(begun, change);
    } catch (StoreFailed | LedgerUnavailable e) {
      LOG.warn("{} of {} is not written down yet", change.kind(), change.name(), e);
      return HostRefused.unavailable();
    } finally {
      underWay.remove(change.id());
    }
  }

  String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Bytes.of(id).base64Url();
  }

  private ChangeOutcome change(
      HostChange.Kind kind,
      HostName name,
      Optional<Map<String, String>> labels,
      String operator,
      String why) {
    if (why.isBlank() || why.length() > MAX_REASON_CHARACTERS) {
      return new HostRefused(
          HostFault.REASON_MISSING,
          "A reason has 1 to 500 characters.",
          "Say why; it stands in the ledger.");
    }
    Optional<JoinedHost> host = find(name);
    return host.isEmpty()
        ? unknown(name)
        : make(
            new HostChange(
                newId(),
                kind,
                Optional.of(host.get().changed()),
                name,
                labels.orElse(host.get().labels()),
                host.get().key(),
                host.get().mode(),
                operator,
                why,
                clock.instant()),
            Optional.empty());
  }

  /** Until it is in force, no map may look newer than the one that will say so. */
  private void begun(HostChange change) {
    try {
      Optional<EntryNumber> written = entries.find(change);
      if (written.isPresent()) {
        versions.begin(change.id(), written.get().value());
        return;
      }
    } catch (LedgerUnavailable e) {
      LOG.warn("a change of {} waits for the ledger: {}", change.name(), e.getMessage());
    }
    versions.begin(change.id());
  }

  /** If this fails, its version stays under way until {@link #settle} has finished it. */
  private JoinedHost finish(HostChange change) throws StoreFailed, LedgerUnavailable {
    JoinedHost after;
    versions.begin(change.id());
    try {
      Optional<EntryNumber> written = entries.find(change);
      EntryNumber entry = written.isPresent() ? written.get() : entries.write(change);
      store.finish(change, entry);
      after = apply(change, entry);
      versions.end(change.id());
    } finally {
      underWay.remove(change.id());
    }
    changed.accept(change.key().fingerprint());
    return after;
  }

  private JoinedHost apply(HostChange change, EntryNumber entry) {
    Optional<JoinedHost> before = ofKey(change.key());
    JoinedHost after =
        new JoinedHost(
            change.name(),
            change.labels(),
            change.key(),
            change.mode(),
            before.map(JoinedHost::joinedAt).orElse(change.at()),
            before.map(JoinedHost::joined).orElse(entry),
            entry);
    if (change.kind() == HostChange.Kind.LEFT) {
      byKey.remove(change.key().fingerprint());
      directory.left(change.name());
    } else {
      take(after);
    }
    return after;
  }

  private void take(JoinedHost host) {
    byKey.put(host.key().fingerprint(), host);
    directory.joined(host.host());
  }

  private static HostRefused unknown(HostName name) {
    return new HostRefused(
        HostFault.HOST_UNKNOWN,
        "No server has joined as " + name + ".",
        "See which have: daypassd hosts list.");
  }

  private static HostRefused refusal(HostStore.Begun begun, HostChange change) {
    return switch (begun) {
      case NAME_TAKEN ->
          new HostRefused(
              HostFault.NAME_TAKEN,
              "Another server has joined as " + change.name() + ".",
              "Take another name, or remove that one: daypassd hosts remove.");
      case KEY_TAKEN ->
          new HostRefused(
              HostFault.KEY_IN_USE,
              "This host key has joined under another name.",
              "A server has a host key of its own; make one with ssh-keygen -A.");
      case BUSY ->
          new HostRefused(
              HostFault.HOST_BUSY,
              "Another change of this server is under way.",
              "Try again in some seconds.");
      case TOKEN_SPENT -> Joining.tokenUsed();
      case BEGUN -> throw new IllegalArgumentException("begun");
    };
  }
}
