package dev.daypass.fleet.session;

import static dev.daypass.fleet.host.FleetScenario.DB;
import static dev.daypass.fleet.host.FleetScenario.DB_1;
import static dev.daypass.fleet.host.FleetScenario.WEB;
import static dev.daypass.fleet.host.FleetScenario.WEB_1;
import static dev.daypass.fleet.host.FleetScenario.newKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Serial;
import dev.daypass.fleet.host.FleetScenario;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.FaultyStore.Fault;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.tlog.EntryNumber;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionsTest {
  private static final String SESSION = "0123456789abcdef";
  private static final Duration GRACE = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private FleetScenario fleet;
  private Sessions sessions;
  private JoinedHost host;
  private Certificate certificate;
  private Instant now;
  private Instant end;

  @BeforeEach
  void open() throws Exception {
    fleet = new FleetScenario(folder);
    sessions =
        new Sessions(
            fleet.ledger.ledger(),
            role -> role.equals("graceful") ? GRACE : Duration.ZERO,
            fleet.ledger.clock()::now);
    host = fleet.joined(newKey(), DB_1, DB);
    now = fleet.ledger.clock().now();
    end = now.plus(Duration.ofMinutes(30));
    certificate = granted("prod-db-debug");
  }

  @AfterEach
  void close() throws Exception {
    fleet.close();
  }

  @Test
  void writesDownWhatItsServerSays() throws Exception {
    assertThat(report(SessionEvent.OPENED, now)).isEqualTo(recorded(true));
    assertThat(report(SessionEvent.CLOSED, end)).isEqualTo(recorded(true));
    JsonObject opened = fleet.entries(EntryKind.SESSION_OPENED).getFirst();
    assertThat(opened.text("reported_by")).contains("db-1.prod.example.com");
    assertThat(opened.text("serial")).contains(certificate.content().serial().toString());
    assertThat(opened.text("account")).contains("db-debug");
    assertThat(opened.text("certificate")).contains(certificate.line(""));
    assertThat(fleet.entries(EntryKind.SESSION_CLOSED)).hasSize(1);
    assertThat(fleet.entries(EntryKind.SESSION_ALARM)).isEmpty();
  }

  @Test
  void countsAReportOnceHoweverOftenItComes() throws Exception {
    report(SessionEvent.OPENED, now);
    assertThat(report(SessionEvent.OPENED, now)).isEqualTo(recorded(false));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SessionOutcome>> all =
          IntStream.range(0, 8)
              .mapToObj(_ -> threads.submit(() -> report(SessionEvent.CLOSED, end)))
              .toList();
      for (Future<SessionOutcome> one : all) {
        assertThat(one.get())
            .isInstanceOfAny(SessionOutcome.Recorded.class, SessionOutcome.Unavailable.class);
      }
    }
    assertThat(fleet.entries(EntryKind.SESSION_OPENED)).hasSize(1);
    assertThat(fleet.entries(EntryKind.SESSION_CLOSED)).hasSize(1);
  }

  @Test
  void alarmsOfASerialThatWasNeverGranted() throws Exception {
    for (long serial : List.of(0L, 1L, 4711L, -1L)) {
      SessionReport forged =
          new SessionReport(
              SessionEvent.OPENED,
              SESSION + (serial & 0xffff),
              new Serial(serial),
              Optional.empty(),
              now,
              Map.of());
      assertThat(alarms(sessions.report(host, forged))).containsExactly(SessionAlarm.NEVER_GRANTED);
    }
    assertThat(fleet.entries(EntryKind.SESSION_ALARM))
        .hasSize(4)
        .allSatisfy(alarm -> assertThat(alarm.text("alarm")).contains("never_granted"));
  }

  @Test
  void alarmsOfACertificateThatIsNotTheLedgers() throws Exception {
    var other =
        new CertificateContent(
            certificate.content().type(),
            certificate.content().nonce(),
            certificate.content().publicKey(),
            certificate.content().serial(),
            new KeyId("root role=prod-db-debug"),
            certificate.content().principals(),
            certificate.content().window(),
            certificate.content().criticalOptions(),
            certificate.content().extensions(),
            certificate.content().caKey());
    Certificate forged = new Certificate(other, fleet.ledger.userCa().sign(other.toBeSigned()));
    assertThat(alarms(sessions.report(host, report(SessionEvent.OPENED, SESSION, now, forged))))
        .containsExactly(SessionAlarm.CERTIFICATE_DIFFERS);
  }

  @Test
  void alarmsOfASessionThatOutlivesItsCertificate() {
    Instant late = end.plus(Duration.ofSeconds(61));
    assertThat(alarms(report(SessionEvent.CLOSED, end.plus(Duration.ofMinutes(1))))).isEmpty();
    SessionReport closed = report(SessionEvent.CLOSED, SESSION + "late", late, certificate);
    assertThat(alarms(sessions.report(host, closed))).containsExactly(SessionAlarm.ALIVE_AFTER_END);
  }

  @Test
  void aRolesGraceIsNoAlarm() throws Exception {
    Certificate graceful = granted("graceful");
    Instant late = end.plus(GRACE);
    assertThat(alarms(sessions.report(host, report(SessionEvent.CLOSED, SESSION, late, graceful))))
        .isEmpty();
  }

  @Test
  void alarmsWhereReportsContradictEachOther() throws Exception {
    report(SessionEvent.OPENED, now);
    SessionReport closed = report(SessionEvent.CLOSED, SESSION, end, granted("prod-db-debug"));
    assertThat(alarms(sessions.report(host, closed)))
        .as("another certificate")
        .containsExactly(SessionAlarm.CONTRADICTION);
    JoinedHost other = fleet.joined(newKey(), WEB_1, WEB);
    assertThat(
            alarms(sessions.report(other, report(SessionEvent.OPENED, SESSION, now, certificate))))
        .as("another server")
        .containsExactly(SessionAlarm.CONTRADICTION);
    assertThat(fleet.entries(EntryKind.SESSION_OPENED))
        .extracting(entry -> entry.text("reported_by").orElseThrow())
        .containsExactly("db-1.prod.example.com", "web-1.prod.example.com");
  }

  @Test
  void raisesAnAlarmOnceAndAlsoIfItWasMissing() throws Exception {
    SessionReport late =
        report(SessionEvent.CLOSED, SESSION, end.plus(Duration.ofHours(1)), certificate);
    sessions.report(host, late);
    assertThat(sessions.report(host, late))
        .isInstanceOfSatisfying(
            SessionOutcome.Recorded.class,
            again -> {
              assertThat(again.first()).isFalse();
              assertThat(again.alarms()).containsExactly(SessionAlarm.ALIVE_AFTER_END);
            });
    assertThat(fleet.entries(EntryKind.SESSION_ALARM)).hasSize(1);
  }

  @Test
  void whatTheServerItselfAlarmsOfIsAnAlarm() throws Exception {
    assertThat(report(SessionEvent.ALARM, now)).isEqualTo(recorded(true));
    assertThat(fleet.entries(EntryKind.SESSION_ALARM)).hasSize(1);
  }

  @Test
  void saysSoIfTheLedgerTakesNothing() throws Exception {
    fleet.ledger.store().failNextAppend(Fault.FULL);
    assertThat(report(SessionEvent.OPENED, now)).isEqualTo(new SessionOutcome.Unavailable());
    assertThat(fleet.entries(EntryKind.SESSION_OPENED)).isEmpty();
  }

  @Test
  void aServerCannotFillTheLedger() {
    for (int i = 0; i < 2000; i++) {
      assertThat(report(SessionEvent.OPENED, now)).isInstanceOf(SessionOutcome.Recorded.class);
    }
    assertThat(report(SessionEvent.OPENED, now)).isEqualTo(new SessionOutcome.TooMany());
    assertThat(report(SessionEvent.CLOSED, end)).isEqualTo(new SessionOutcome.TooMany());
    assertThat(report(SessionEvent.ALARM, now)).isInstanceOf(SessionOutcome.Recorded.class);
  }

  @Test
  void itsAlarmsLeaveRoomForItsSessions() {
    for (int i = 0; i < 200; i++) {
      assertThat(report(SessionEvent.ALARM, now)).isInstanceOf(SessionOutcome.Recorded.class);
    }
    assertThat(report(SessionEvent.ALARM, now)).isEqualTo(new SessionOutcome.TooMany());
    assertThat(report(SessionEvent.OPENED, now)).isInstanceOf(SessionOutcome.Recorded.class);
  }

  private SessionOutcome report(SessionEvent event, Instant at) {
    return sessions.report(host, report(event, SESSION, at, certificate));
  }

  private static SessionReport report(
      SessionEvent event, String session, Instant at, Certificate certificate) {
    return new SessionReport(
        event,
        session,
        certificate.content().serial(),
        Optional.of(certificate),
        at,
        Map.of("account", "db-debug", "client", "192.0.2.7"));
  }

  private static Set<SessionAlarm> alarms(SessionOutcome outcome) {
    return ((SessionOutcome.Recorded) outcome).alarms();
  }

  /** The newest entry, without alarms. */
  private SessionOutcome recorded(boolean first) {
    var size = fleet.ledger.ledger().size();
    return new SessionOutcome.Recorded(new EntryNumber(size.value() - 1), first, Set.of());
  }

  private Certificate granted(String role) throws Exception {
    Draft draft = fleet.ledger.granting("alice");
    JsonObject details =
        draft.details().toBuilder().put("role", role).put("valid_before", end.toString()).build();
    Draft dated =
        Draft.granting(draft.kind(), details, draft.certificate().orElseThrow(), draft.search());
    Receipt receipt = fleet.ledger.append(dated);
    return fleet.ledger.issue(dated, receipt);
  }
}
