package dev.daypass.web.console.story;

import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.Erasure;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.revocation.RevocationDetails;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.audit.LedgerReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Finds what belongs to an entry: the login before a grant, and what became of it. Each is looked
 * for where it can stand only: by its kind, within the time in which it can have been written, and
 * by an index wherever there is one.
 */
public final class Related {
  private static final int SOME = 20;

  /** A login lives ten hours at most (DESIGN section 4). */
  private static final Duration LOGIN = Duration.ofHours(11);

  private final LedgerReader ledger;

  public Related(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /** All of it, the oldest first; without the entry itself. */
  public List<ReadEntry> of(ReadEntry read) throws IOException {
    if (read.details().isEmpty()) {
      return List.of();
    }
    JsonObject details = read.details().get();
    List<ReadEntry> found = new ArrayList<>();
    switch (read.entry().kind()) {
      case CERTIFICATE_GRANTED -> {
        login(details, read.entry().at(), found);
        found.addAll(ledger.about(read.number(), SOME));
      }
      case CERTIFICATE_FAILED -> named(details, "entry", found);
      case SESSION_OPENED, SESSION_CLOSED, SESSION_ALARM -> {
        named(details, "serial", found);
        session(details, found);
      }
      case LOGIN_OPENED, LOGIN_ENDED -> underLogin(details, read.entry().at(), found);
      case DETAILS_ERASED ->
          some(Erasure.of(details).map(Erasure::erased).orElse(List.of()), found);
      case REVOCATION_ADDED -> some(RevocationDetails.serials(details), found);
      default -> {}
    }
    SequencedMap<EntryNumber, ReadEntry> once = new TreeMap<>(Comparator.naturalOrder());
    found.forEach(each -> once.put(each.number(), each));
    once.remove(read.number());
    return List.copyOf(once.values());
  }

  private void login(JsonObject details, Instant at, List<ReadEntry> found) throws IOException {
    Optional<String> login = details.text("login");
    if (login.isPresent()) {
      EntryFilter filter =
          filter(
              Optional.of(EntryKind.LOGIN_OPENED),
              identity(details),
              Optional.of(at.minus(LOGIN)),
              Optional.of(at.plusMillis(1)),
              Optional.of(said("login", login.get())));
      found.addAll(ledger.page(filter, Optional.empty(), SOME).entries());
    }
  }

  private void underLogin(JsonObject details, Instant at, List<ReadEntry> found)
      throws IOException {
    Optional<String> login = details.text("login");
    if (login.isPresent()) {
      EntryFilter filter =
          filter(
              Optional.empty(),
              identity(details),
              Optional.of(at.minus(LOGIN)),
              Optional.of(at.plus(LOGIN)),
              Optional.of(said("login", login.get())));
      found.addAll(ledger.page(filter, Optional.empty(), SOME).entries());
    }
  }

  private void session(JsonObject details, List<ReadEntry> found) throws IOException {
    Optional<String> session = details.text("session");
    if (session.isPresent()) {
      EntryFilter filter = EntryFilter.ALL.ofIdentity("session\n" + session.get());
      found.addAll(ledger.page(filter, Optional.empty(), SOME).entries());
    }
  }

  private void some(List<EntryNumber> numbers, List<ReadEntry> found) throws IOException {
    for (EntryNumber number : numbers.subList(0, Math.min(SOME, numbers.size()))) {
      ledger.entry(number).ifPresent(found::add);
    }
  }

  private void named(JsonObject details, String member, List<ReadEntry> found) throws IOException {
    Optional<String> number =
        details.text(member).or(() -> details.integer(member).map(Object::toString));
    if (number.isPresent() && number.get().matches("0|[1-9][0-9]{0,17}")) {
      ledger.entry(new EntryNumber(Long.parseLong(number.get()))).ifPresent(found::add);
    }
  }

  private static EntryFilter filter(
      Optional<EntryKind> kind,
      Optional<String> identity,
      Optional<Instant> from,
      Optional<Instant> until,
      Optional<String> text) {
    return new EntryFilter(
        kind,
        Optional.empty(),
        identity,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        from,
        until,
        text);
  }

  /** As canonical JSON has it. */
  private static String said(String name, String value) {
    return "\"" + name + "\":\"" + value + "\"";
  }

  private static Optional<String> identity(JsonObject details) {
    Optional<JsonObject> identity = details.object("identity");
    Optional<String> issuer = identity.flatMap(object -> object.text("issuer"));
    Optional<String> subject = identity.flatMap(object -> object.text("subject"));
    return issuer.isPresent() && subject.isPresent()
        ? Optional.of(IdentityDetails.searchKey(new IdentityId(issuer.get(), subject.get())))
        : Optional.empty();
  }
}
