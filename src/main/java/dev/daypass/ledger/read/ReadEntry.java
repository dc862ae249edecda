package dev.daypass.ledger.read;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryFormatException;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntryTerms;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An entry with its details, if they are there.
 *
 * @param stored its bytes, as they were hashed
 */
public record ReadEntry(
    EntryNumber number, Entry entry, Optional<JsonObject> details, StoredEntry stored) {
  static ReadEntry of(StoredEntry stored) throws StoreFailed {
    try {
      Optional<JsonObject> details =
          stored.details().isEmpty()
              ? Optional.empty()
              : Optional.of(CanonicalJson.decodeObject(stored.details().get()));
      return new ReadEntry(stored.number(), Entry.decode(stored.entry()), details, stored);
    } catch (EntryFormatException | JsonFormatException e) {
      throw new StoreFailed("entry " + stored.number() + " is damaged", e);
    }
  }

  /** Whom it is about, as far as its details name somebody. */
  public Optional<String> person() {
    return details.flatMap(object ->
        object
            .object("identity")
            .flatMap(identity -> identity.text("username"))
            .or(() -> object.text("username")));
  }

  public Optional<String> role() {
    return details.flatMap(object -> object.text("role"));
  }

  /** What was given as a reason, by an asker or an operator. */
  public Optional<String> reason() {
    return details.flatMap(object -> object.text("reason").or(() -> object.text("why")));
  }

  /** Servers that it names. */
  public List<String> servers() {
    return details.stream().flatMap(EntryTerms::servers).toList();
  }

  /** Whether its details name that key, whole or by its fingerprint. */
  boolean names(Fingerprint key) {
    Optional<String> text = details.flatMap(object -> object.text("key"));
    return text.equals(Optional.of(key.toString()))
        || text.flatMap(ReadEntry::fingerprint).equals(Optional.of(key));
  }

  boolean matches(EntryFilter filter) {
    return (filter.kind().isEmpty() || filter.kind().get() == entry.kind())
        && (filter.person().isEmpty() || filter.person().equals(person()))
        && (filter.server().isEmpty() || servers().contains(filter.server().get()))
        && (filter.reason().isEmpty() || contains(reason(), filter.reason().get()))
        && (filter.text().isEmpty()
            || contains(
                stored.details().map(bytes -> new String(bytes.toArray(), StandardCharsets.UTF_8)),
                filter.text().get()));
  }

  private static Optional<Fingerprint> fingerprint(String line) {
    try {
      return Optional.of(SshPublicKey.parse(line).fingerprint());
    } catch (SshFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean contains(Optional<String> text, String lowerCase) {
    return text.filter(words -> words.toLowerCase(Locale.ROOT).contains(lowerCase)).isPresent();
  }
}
