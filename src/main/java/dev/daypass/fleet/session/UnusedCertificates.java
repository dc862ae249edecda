package dev.daypass.fleet.session;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.PastEntries;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.EntryNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * User certificates that were granted, have ended, and with which no server reported a session: a
 * role that is wider than the work, or a server that does not report. It reads the ledger from the
 * newest entry back and keeps one bit an entry, whatever the ledger's size.
 */
public final class UnusedCertificates {
  private final PastEntries entries;

  public UnusedCertificates(LedgerStore store) {
    this.entries = new PastEntries(store);
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
    entries.since(
        from, EntryKind.SESSION_OPENED, (_, _, details) -> mark(details.text("serial"), used));
    BitSet failed = new BitSet();
    entries.since(
        from, EntryKind.CERTIFICATE_FAILED, (_, _, details) -> mark(details.text("entry"), failed));
    long[] counts = new long[3];
    entries.since(
        from,
        EntryKind.CERTIFICATE_GRANTED,
        (number, at, details) -> {
          int serial = index(number.value());
          if (!at.isBefore(until) || failed.get(serial)) {
            return;
          }
          Unused one = unused(number, at, details);
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

  private static Unused unused(EntryNumber number, Instant at, JsonObject details) {
    return new Unused(
        number,
        at,
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
