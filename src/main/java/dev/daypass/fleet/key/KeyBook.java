package dev.daypass.fleet.key;

import dev.daypass.ledger.Follower;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryFormatException;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.LedgerKeyHistory;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.signer.KeyUse;
import dev.daypass.signer.PublicKeys;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stage of every CA key and ledger key, as the ledger's entries say: {@code ledger.created}
 * names the first ledger key, {@code ca.key.*} tell of all others.
 *
 * <p>Written by whoever opens it, then by the sequencer's thread; read by any.
 */
public final class KeyBook implements Follower {
  private static final int PAGE = 1000;
  private static final List<EntryKind> KINDS =
      List.of(
          EntryKind.LEDGER_CREATED,
          EntryKind.CA_KEY_ADDED,
          EntryKind.CA_KEY_ACTIVATED,
          EntryKind.CA_KEY_RETIRED);

  /** In the order in which they were added. */
  private volatile Map<Fingerprint, StagedKey> keys = Map.of();

  private volatile LedgerKeyHistory ledgerKeys = LedgerKeyHistory.EMPTY;

  private KeyBook() {}

  /** What the ledger in that store says by now. */
  public static KeyBook read(LedgerStore store) throws StoreFailed {
    List<EntryNumber> numbers = new ArrayList<>();
    for (EntryKind kind : KINDS) {
      numbers.addAll(ofKind(store, kind));
    }
    numbers.sort(EntryNumber::compareTo);
    KeyBook book = new KeyBook();
    for (EntryNumber number : numbers) {
      Optional<StoredEntry> stored = store.entry(number);
      if (stored.isPresent()) {
        book.take(stored.get());
      }
    }
    return book;
  }

  /** Every key, the oldest first. */
  public List<StagedKey> all() {
    return List.copyOf(keys.values());
  }

  /** Those of a use, the oldest first. */
  public List<StagedKey> of(KeyUse use) {
    return keys.values().stream().filter(key -> key.use() == use).toList();
  }

  public Optional<StagedKey> find(Fingerprint key) {
    return Optional.ofNullable(keys.get(key));
  }

  /** The key that signs for that use; empty in a ledger that has not begun. */
  public Optional<StagedKey> active(KeyUse use) {
    return of(use).stream().filter(key -> key.stage() == KeyStage.ACTIVE).findFirst();
  }

  /** An active key that is not among these. */
  public Optional<StagedKey> missingFrom(PublicKeys held) {
    return keys.values().stream()
        .filter(key -> key.stage() == KeyStage.ACTIVE)
        .filter(key ->
            held.of(key.use()).stream()
                .noneMatch(one -> one.fingerprint().equals(key.fingerprint())))
        .findFirst();
  }

  /**
   * Which ledger key signs the checkpoint of that size: one, or two where the one hands over to the
   * other, the elder first. None in a ledger that has not begun.
   */
  public List<Fingerprint> ledgerKeysAt(TreeSize size) {
    return ledgerKeys.keysAt(size);
  }

  @Override
  public void written(EntryNumber number, Entry entry, JsonObject details) {
    if (KINDS.contains(entry.kind())) {
      take(number, entry, details);
    }
  }

  private static List<EntryNumber> ofKind(LedgerStore store, EntryKind kind) throws StoreFailed {
    List<EntryNumber> all = new ArrayList<>();
    List<EntryNumber> page;
    do {
      Optional<Long> before = all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().value());
      page =
          store.search(
              new EntrySearch(
                  Optional.of(kind),
                  SearchKeys.NONE,
                  Optional.empty(),
                  Optional.empty(),
                  before,
                  PAGE));
      all.addAll(page);
    } while (page.size() == PAGE);
    return all;
  }

  private void take(StoredEntry stored) throws StoreFailed {
    try {
      Entry entry = Entry.decode(stored.entry());
      JsonObject details =
          stored.details().isEmpty()
              ? JsonObject.EMPTY
              : CanonicalJson.decodeObject(stored.details().get());
      take(stored.number(), entry, details);
    } catch (EntryFormatException | JsonFormatException e) {
      throw new StoreFailed("entry " + stored.number() + " is damaged", e);
    }
  }

  private void take(EntryNumber number, Entry entry, JsonObject details) {
    switch (entry.kind()) {
      case LEDGER_CREATED -> {
        ledgerKeys = ledgerKeys.created(entry);
        ledgerKeys
            .changes()
            .forEach(first ->
                put(
                    new StagedKey(
                        KeyUse.LEDGER, first.key(), KeyStage.ACTIVE, entry.at(), number)));
      }
      case CA_KEY_ADDED -> {
        Optional<KeyUse> use = details.text("use").flatMap(KeyUse::ofKeyName);
        if (use.isPresent()) {
          LedgerKeyHistory.keyOf(entry)
              .map(key -> new StagedKey(use.get(), key, KeyStage.NEXT, entry.at(), number))
              .ifPresent(this::put);
        }
      }
      case CA_KEY_ACTIVATED -> known(entry).ifPresent(key -> activate(key, entry.at(), number));
      case CA_KEY_RETIRED ->
          known(entry).ifPresent(key -> put(key.at(KeyStage.RETIRED, entry.at(), number)));
      default -> {}
    }
  }

  private Optional<StagedKey> known(Entry entry) {
    return LedgerKeyHistory.keyOf(entry).flatMap(this::find);
  }

  private void activate(StagedKey next, Instant at, EntryNumber number) {
    active(next.use()).ifPresent(elder -> put(elder.at(KeyStage.RETIRING, at, number)));
    put(next.at(KeyStage.ACTIVE, at, number));
    if (next.use() == KeyUse.LEDGER) {
      ledgerKeys = ledgerKeys.activated(number, next.fingerprint());
    }
  }

  private void put(StagedKey key) {
    Map<Fingerprint, StagedKey> next = new LinkedHashMap<>(keys);
    next.put(key.fingerprint(), key);
    keys = next;
  }
}
