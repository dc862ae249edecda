package dev.daypass.fleet.session;

import dev.daypass.fleet.HourlyBudget;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what servers report of sessions, each report once, and what is wrong with it.
 *
 * <p>Crash order: the report's entry, then its alarms. A server repeats what was not answered, and
 * an alarm that is missing then is written.
 */
public final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final int AN_HOUR = 2000;
  private static final int ALARMS_AN_HOUR = 200;

  private final Ledger ledger;
  private final SessionChecks checks;
  private final HourlyBudget budget;

  /** Whoever logs in again and again must not use up what the server's own alarms need. */
  private final HourlyBudget alarmBudget;

  /** What is being written: the same report twice at once is one. */
  private final Set<Bytes> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param grace how long a session of this role may outlive its certificate
   */
  public Sessions(Ledger ledger, Function<String, Duration> grace, InstantSource clock) {
    this.ledger = ledger;
    this.checks = new SessionChecks(ledger, grace);
    this.budget = new HourlyBudget(clock, AN_HOUR);
    this.alarmBudget = new HourlyBudget(clock, ALARMS_AN_HOUR);
  }

  /** Takes a server's report; whatever it says, it is said by that server. */
  public SessionOutcome report(JoinedHost host, SessionReport report) {
    HourlyBudget mine = report.event() == SessionEvent.ALARM ? alarmBudget : budget;
    if (!mine.spend(host.name())) {
      return new SessionOutcome.TooMany();
    }
    Bytes key = key(host, report, "");
    if (!underWay.add(key)) {
      return new SessionOutcome.Unavailable();
    }
    try {
      Optional<EntryNumber> before = find(report.event().entry(), key);
      EntryNumber entry = before.isPresent() ? before.get() : write(host, report, key);
      Set<SessionAlarm> alarms = alarms(host, report);
      for (SessionAlarm alarm : alarms) {
        raise(host, report, entry, alarm);
      }
      return new SessionOutcome.Recorded(entry, before.isEmpty(), alarms);
    } catch (LedgerUnavailable e) {
      LOG.warn("a session's report waits for the ledger: {}", e.getMessage());
      return new SessionOutcome.Unavailable();
    } finally {
      underWay.remove(key);
    }
  }

  private Set<SessionAlarm> alarms(JoinedHost host, SessionReport report) throws LedgerUnavailable {
    Set<SessionAlarm> alarms = checks.alarms(report);
    if (contradicts(host, report)) {
      alarms.add(SessionAlarm.CONTRADICTION);
    }
    return alarms;
  }

  /** Whether any report of this session names another certificate, or comes from elsewhere. */
  private boolean contradicts(JoinedHost host, SessionReport report) throws LedgerUnavailable {
    for (EntryNumber number : search(Optional.empty(), Optional.of(session(report)), 100)) {
      Optional<JsonObject> said = checks.details(number);
      if (said.isPresent()
          && !(said.get().text("reported_by").equals(Optional.of(host.name().text()))
              && said.get().text("serial").equals(Optional.of(report.serial().toString())))) {
        return true;
      }
    }
    return false;
  }

  private EntryNumber write(JoinedHost host, SessionReport report, Bytes key)
      throws LedgerUnavailable {
    JsonObject.Builder details = about(host, report);
    report.texts().forEach(details::put);
    report.certificate().ifPresent(whole -> details.put("certificate", whole.line("")));
    return ledger
        .append(Draft.of(report.event().entry(), details.build(), keys(report, key)))
        .number();
  }

  private void raise(JoinedHost host, SessionReport report, EntryNumber entry, SessionAlarm alarm)
      throws LedgerUnavailable {
    Bytes key = key(host, report, alarm.word());
    if (find(EntryKind.SESSION_ALARM, key).isEmpty()) {
      JsonObject details =
          about(host, report).put("alarm", alarm.word()).put("entry", entry.toString()).build();
      EntryNumber raised =
          ledger.append(Draft.of(EntryKind.SESSION_ALARM, details, keys(report, key))).number();
      LOG.warn("session alarm {} of {}: entry {}", alarm.word(), host.name(), raised);
    }
  }

  private static JsonObject.Builder about(JoinedHost host, SessionReport report) {
    return JsonObject.builder()
        .put("reported_by", host.name().text())
        .put("event", report.event().wireName())
        .put("session", report.session())
        .put("serial", report.serial().toString())
        .put("happened_at", report.at().toString());
  }

  private Optional<EntryNumber> find(EntryKind kind, Bytes key) throws LedgerUnavailable {
    SearchKeys keys =
        new SearchKeys(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(key));
    return ledger.search(EntrySearch.of(Optional.of(kind), keys, 1)).stream().findFirst();
  }

  private List<EntryNumber> search(Optional<EntryKind> kind, Optional<String> session, int limit)
      throws LedgerUnavailable {
    SearchKeys keys = new SearchKeys(session, Optional.empty(), Optional.empty(), Optional.empty());
    return ledger.search(EntrySearch.of(kind, keys, limit));
  }

  /** What every entry of one session is found by. */
  private static SearchKeys keys(SessionReport report, Bytes key) {
    return new SearchKeys(
        Optional.of(session(report)), Optional.empty(), Optional.empty(), Optional.of(key));
  }

  private static String session(SessionReport report) {
    return "session\n" + report.session();
  }

  private static Bytes key(JoinedHost host, SessionReport report, String alarm) {
    String text =
        String.join(
            "\n",
            "session",
            host.name().text(),
            report.session(),
            report.event().wireName(),
            alarm);
    return Bytes.ofUtf8(text).sha256();
  }
}
