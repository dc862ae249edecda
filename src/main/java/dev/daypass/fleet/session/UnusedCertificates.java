package dev.daypass.fleet.session;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryFormatException;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.tlog.EntryNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * User certificates that were granted, have ended, and with which no server reported a session: a
 * role that is wider than the work, or a server that does not report. It reads the ledger from the
 * newest entry back and keeps one bit an entry, whatever the ledger's size.
 */
public final class UnusedCertificates {
  private static final int PAGE = 1000;

  private final LedgerStore store;

  public UnusedCertificates(LedgerStore store) {
    this.store = store;
  }

  /**
   * One of them.
   *
   * @param user and what else stands in the details; empty if those were erased
   */
  public record Unused(
      EntryNumber serial,
      Instant grantedAt,
      Optional<Instant> validBefore,
      Optional<String> user,
      Optional<String> role,
      Optional<String> reason) {}

  /**
   * How many there are.
   *
   * @param granted and released, in that time
   * @param unused of them
   * @param open those that have not ended: they may still be used, and are not among the unused
   */
  public record Summary(long granted, long unused, long open) {}

  /** Finds those granted from one moment until before another, the newest first. */
  public Summary report(Instant from, Instant until, Instant now, Consumer<Unused> found)
      throws StoreFailed {
    // A session follows its grant, so what is older than the first grant is of other certificates.
    BitSet used = new BitSet();
    read(EntryKind.SESSION_OPENED, from, (_, details) -> mark(details.text("serial"), used));
    BitSet failed = new BitSet();
    read(EntryKind.CERTIFICATE_FAILED, from, (_, details) -> mark(details.text("entry"), failed));
    long[] counts = new long[3];
    read(
        EntryKind.CERTIFICATE_GRANTED,
        from,
        (granted, details) -> {
          int serial = index(granted.number().value());
          if (!granted.at().isBefore(until) || failed.get(serial)) {
            return;
          }
          Unused one = unused(granted, details);
          boolean open = one.validBefore().filter(now::isBefore).isPresent();
          counts[0]++;
          counts[2] += open && !used.get(serial) ? 1 : 0;
          if (!open && !used.get(serial)) {
            counts[1]++;
            found.accept(one);
          }
        });
    return new Summary(counts[0], counts[1], counts[2]);
  }

  private record Numbered(EntryNumber number, Instant at) {}

  @FunctionalInterface
  private interface Reader {
    void take(Numbered entry, JsonObject details);
  }

  /** Entries of a kind since that moment, the newest first. */
  private void read(EntryKind kind, Instant since, Reader reader) throws StoreFailed {
    Optional<Long> before = Optional.empty();
    List<EntryNumber> page;
    do {
      page =
          store.search(
              new EntrySearch(
                  Optional.of(kind),
                  SearchKeys.NONE,
                  Optional.empty(),
                  Optional.empty(),
                  before,
                  PAGE));
      for (EntryNumber number : page) {
        StoredEntry stored = store.entry(number).orElseThrow();
        Instant at = at(stored);
        if (at.isBefore(since)) {
          return; // times never fall
        }
        reader.take(new Numbered(number, at), details(stored));
        before = Optional.of(number.value());
      }
    } while (page.size() == PAGE);
  }

  private static Instant at(StoredEntry stored) throws StoreFailed {
    try {
      return Entry.decode(stored.entry()).at();
    } catch (EntryFormatException e) {
      throw new StoreFailed("entry " + stored.number() + " cannot be read", e);
    }
  }

  /** Empty where they were erased or cannot be read. */
  private static JsonObject details(StoredEntry stored) {
    try {
      return stored.details().isEmpty()
          ? JsonObject.EMPTY
          : CanonicalJson.decodeObject(stored.details().get());
    } catch (JsonFormatException _) {
      return JsonObject.EMPTY;
    }
  }

  private static Unused unused(Numbered granted, JsonObject details) {
    return new Unused(
        granted.number(),
        granted.at(),
        details.text("valid_before").flatMap(UnusedCertificates::instant),
        details.object("identity").flatMap(identity -> identity.text("username")),
        details.text("role"),
        details.text("reason"));
  }

  private static void mark(Optional<String> serial, BitSet marked) {
    serial
        .filter(text -> text.matches("[0-9]{1,10}"))
        .map(Long::valueOf)
        .filter(number -> number < Integer.MAX_VALUE)
        .ifPresent(number -> marked.set(index(number)));
  }

  /** A ledger of more than two thousand million entries is read on another day. */
  private static int index(long number) {
    return Math.toIntExact(number);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
