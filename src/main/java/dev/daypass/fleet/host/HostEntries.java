package dev.daypass.fleet.host;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import java.util.Optional;

/** The entries about servers: {@code host.joined}, {@code host.changed}, {@code host.left}. */
final class HostEntries {
  private static final String CHANGE = "change";
  private static final int NEWEST = 20;

  private final Ledger ledger;

  HostEntries(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Writes the change's entry. */
  EntryNumber write(HostChange change) throws LedgerUnavailable {
    return ledger.append(Draft.of(change.kind().entry(), details(change), keys(change))).number();
  }

  /** The change's entry, if it was written before a crash. */
  Optional<EntryNumber> find(HostChange change) throws LedgerUnavailable {
    EntrySearch newest = EntrySearch.of(Optional.of(change.kind().entry()), keys(change), NEWEST);
    for (EntryNumber number : ledger.search(newest)) {
      if (ledger.details(number).flatMap(HostEntries::changeId).equals(Optional.of(change.id()))) {
        return Optional.of(number);
      }
    }
    return Optional.empty();
  }

  /** What entries about a server, and by it, are found by. */
  static SearchKeys keys(HostName name, Fingerprint key) {
    return new SearchKeys(
        Optional.of("host\n" + name), Optional.empty(), Optional.of(key), Optional.empty());
  }

  private static SearchKeys keys(HostChange change) {
    return keys(change.name(), change.key().fingerprint());
  }

  private static JsonObject details(HostChange change) {
    JsonObject.Builder labels = JsonObject.builder();
    change.labels().forEach(labels::put);
    return JsonObject.builder()
        .put(CHANGE, change.id())
        .put("host", change.name().text())
        .put("labels", labels.build())
        .put("key", change.key().line())
        .put("mode", change.mode().wireName())
        .put("by", change.by())
        .put("why", change.why())
        .build();
  }

  private static Optional<String> changeId(Bytes details) {
    try {
      return CanonicalJson.decodeObject(details).text(CHANGE);
    } catch (JsonFormatException _) {
      return Optional.empty();
    }
  }
}
