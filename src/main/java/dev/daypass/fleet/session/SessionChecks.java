package dev.daypass.fleet.session;

import dev.daypass.cert.Certificate;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.tlog.EntryNumber;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Holds a report against what the ledger granted. */
final class SessionChecks {
  /** How far a server's clock may be off, and how long ending a session takes. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private final Ledger ledger;
  private final Function<String, Duration> grace;

  /**
   * @param grace how long a session of this role may outlive its certificate
   */
  SessionChecks(Ledger ledger, Function<String, Duration> grace) {
    this.ledger = ledger;
    this.grace = grace;
  }

  Set<SessionAlarm> alarms(SessionReport report) throws LedgerUnavailable {
    Set<SessionAlarm> alarms = EnumSet.noneOf(SessionAlarm.class);
    Optional<Entry> grant = grant(report);
    if (grant.isEmpty()) {
      alarms.add(SessionAlarm.NEVER_GRANTED);
      return alarms;
    }
    if (report.certificate().isPresent() && differs(report.certificate().get(), report, grant)) {
      alarms.add(SessionAlarm.CERTIFICATE_DIFFERS);
    }
    Optional<Instant> end = end(report);
    if (end.isPresent() && report.at().isAfter(end.get().plus(TOLERANCE))) {
      alarms.add(SessionAlarm.ALIVE_AFTER_END);
    }
    return alarms;
  }

  private Optional<Entry> grant(SessionReport report) throws LedgerUnavailable {
    // Serials are unsigned, entry numbers are not that many.
    return report.serial().bits() < 0
        ? Optional.empty()
        : ledger
            .entry(new EntryNumber(report.serial().bits()))
            .filter(entry -> entry.kind() == EntryKind.CERTIFICATE_GRANTED);
  }

  private static boolean differs(
      Certificate certificate, SessionReport report, Optional<Entry> grant) {
    return !certificate.content().serial().equals(report.serial())
        || !grant.flatMap(Entry::commitSsh).equals(Optional.of(certificate.content().commitment()));
  }

  /** When a session of the certificate must be over; empty if the details were erased. */
  private Optional<Instant> end(SessionReport report) throws LedgerUnavailable {
    try {
      Optional<JsonObject> details = details(new EntryNumber(report.serial().bits()));
      Optional<String> end = details.flatMap(object -> object.text("valid_before"));
      Duration more =
          details.flatMap(object -> object.text("role")).map(grace).orElse(Duration.ZERO);
      return end.map(text -> Instant.parse(text).plus(more));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  Optional<JsonObject> details(EntryNumber number) throws LedgerUnavailable {
    try {
      var details = ledger.details(number);
      return details.isEmpty()
          ? Optional.empty()
          : Optional.of(CanonicalJson.decodeObject(details.get()));
    } catch (JsonFormatException _) {
      return Optional.empty();
    }
  }
}
