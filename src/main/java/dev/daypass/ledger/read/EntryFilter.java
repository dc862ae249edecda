package dev.daypass.ledger.read;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which entries are asked for; what is empty is not asked.
 *
 * @param person a username as details have it
 * @param identity the same person as the search column has it, if that is known
 * @param server a server that was granted, that joined, or that reports
 * @param key the fingerprint of a key that was certified or bound
 * @param reason a part of what was given as a reason, whatever its case
 * @param from not before that moment
 * @param until before that moment
 * @param text a part of the details, whatever its case
 */
public record EntryFilter(
    Optional<EntryKind> kind,
    Optional<String> person,
    Optional<String> identity,
    Optional<String> role,
    Optional<String> server,
    Optional<Fingerprint> key,
    Optional<String> reason,
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<String> text) {
  /** What stands in details as it is asked for: JSON writes none of it otherwise. */
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9 .,:;/@=+-]*");

  /** Everything. */
  public static final EntryFilter ALL = of(Optional.empty());

  public EntryFilter {
    reason = reason.map(part -> part.toLowerCase(Locale.ROOT));
    text = text.map(part -> part.toLowerCase(Locale.ROOT));
  }

  /** Every entry of that kind. */
  public static EntryFilter ofKind(EntryKind kind) {
    return of(Optional.of(kind));
  }

  /** The same, with the search column's name for the person. */
  public EntryFilter ofIdentity(String searchKey) {
    return new EntryFilter(
        kind, person, Optional.of(searchKey), role, server, key, reason, from, until, text);
  }

  /** Whether an index leads to what is asked for. */
  boolean isIndexed() {
    return kind.isPresent()
        || identity.isPresent()
        || role.isPresent()
        || server.isPresent()
        || key.isPresent();
  }

  /** What must stand in the details, beside what an index leads to. */
  List<String> parts() {
    return Stream.of(person.filter(_ -> identity.isEmpty()), reason, text)
        .flatMap(Optional::stream)
        .toList();
  }

  /** False only if the details lack a part that they must have: quicker than to read them. */
  boolean mayMatch(StoredEntry stored) {
    List<String> plain =
        parts().stream()
            .map(part -> part.toLowerCase(Locale.ROOT))
            .filter(PLAIN.asMatchPredicate())
            .toList();
    if (plain.isEmpty()) {
      return true;
    }
    String details =
        stored
            .details()
            .map(bytes -> new String(bytes.toArray(), StandardCharsets.UTF_8))
            .orElse("")
            .toLowerCase(Locale.ROOT);
    return plain.stream().allMatch(details::contains);
  }

  private static EntryFilter of(Optional<EntryKind> kind) {
    return new EntryFilter(
        kind,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
