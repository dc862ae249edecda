package dev.daypass.web.server;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateFormatException;
import dev.daypass.cert.Serial;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.fleet.session.RefusedLogin;
import dev.daypass.fleet.session.SessionAlarm;
import dev.daypass.fleet.session.SessionEvent;
import dev.daypass.fleet.session.SessionOutcome;
import dev.daypass.fleet.session.SessionReport;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.body.RequestFields;
import dev.daypass.web.body.RequestShape;
import dev.daypass.web.body.RequestShape.Kind;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What servers say of sessions. */
public final class SessionRoutes {
  private static final List<String> TEXTS =
      List.of("user", "key_id", "account", "client", "server", "reason");
  private static final RequestShape REPORT =
      RequestShape.of(
          Stream.concat(
                  Stream.of("event", "session", "serial", "at", "certificate"), TEXTS.stream())
              .collect(Collectors.toMap(name -> name, _ -> Kind.TEXT)));

  /** The one event that is of no session. */
  private static final String REFUSED = "refused";

  private static final int MAX_TEXT_CHARACTERS = 512;
  private static final int MAX_CERTIFICATE_CHARACTERS = 16 * 1024;

  private final HostAdmission admission;
  private final ServerDesk desk;

  public SessionRoutes(HostAdmission admission, ServerDesk desk) {
    this.admission = admission;
    this.desk = desk;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.post("/v1/sessions", admission.joined(this::report)));
  }

  private Reply report(Exchange exchange, JoinedHost host) throws RequestFailed, BodyRefused {
    RequestFields fields =
        RequestFields.read(REPORT, exchange.mediaType(), exchange.body().toArray());
    if (fields.required("event").equals(REFUSED)) {
      return refusal(fields, host);
    }
    return switch (desk.report(host, report(fields))) {
      case SessionOutcome.Recorded(EntryNumber entry, boolean first, Set<SessionAlarm> alarms) ->
          new Reply.Document(
              first ? 201 : 200,
              out -> {
                out.text("entry", entry.toString());
                out.texts("alarms", alarms.stream().sorted().map(SessionAlarm::word).toList());
              });
      case SessionOutcome.TooMany _ ->
          throw tooMany("This server has reported 2000 times in an hour.");
      case SessionOutcome.Unavailable _ ->
          throw failed(
              503,
              "unavailable",
              "The report cannot be written down now.",
              "Keep it and send it again.");
    };
  }

  /** No entry: whoever knocks must not fill the ledger. */
  private Reply refusal(RequestFields fields, JoinedHost host) throws RequestFailed, BodyRefused {
    Optional<String> account = fields.text("account");
    RefusedLogin refused =
        new RefusedLogin(
            host.name(),
            serial(fields.required("serial")),
            time(fields.required("at")),
            account.isPresent() ? Optional.of(shortText("account", account.get())) : account,
            shortText("reason", fields.required("reason")));
    if (!desk.report(refused)) {
      throw tooMany("This server has reported 500 refusals in an hour.");
    }
    return new Reply.Document(202, out -> out.text("state", "kept"));
  }

  private static RequestFailed tooMany(String detail) {
    return failed(429, "too_many_reports", detail, "Keep what is left and send it later.");
  }

  private static SessionReport report(RequestFields fields) throws RequestFailed, BodyRefused {
    SessionEvent event =
        SessionEvent.ofWireName(fields.required("event"))
            .orElseThrow(() -> invalid("event is not opened, closed, alarm or refused."));
    String session = fields.required("session");
    if (!SessionReport.isSession(session)) {
      throw invalid("session is not 16 to 64 of A-Za-z0-9_-.");
    }
    Map<String, String> texts = new HashMap<>();
    for (String name : TEXTS) {
      Optional<String> text = fields.text(name);
      if (text.isPresent()) {
        texts.put(name, shortText(name, text.get()));
      }
    }
    return new SessionReport(
        event,
        session,
        serial(fields.required("serial")),
        certificate(fields.text("certificate")),
        time(fields.required("at")),
        texts);
  }

  private static String shortText(String name, String text) throws RequestFailed {
    if (text.length() > MAX_TEXT_CHARACTERS) {
      throw invalid(name + " has more than 512 characters.");
    }
    return text;
  }

  private static Serial serial(String text) throws RequestFailed {
    try {
      return Serial.parse(text);
    } catch (NumberFormatException _) {
      throw invalid("serial is not a whole number below 2^64.");
    }
  }

  private static Optional<Certificate> certificate(Optional<String> line) throws RequestFailed {
    if (line.isEmpty()) {
      return Optional.empty();
    }
    if (line.get().length() > MAX_CERTIFICATE_CHARACTERS) {
      throw invalid("certificate is too long.");
    }
    try {
      return Optional.of(Certificate.parse(line.get()));
    } catch (CertificateFormatException _) {
      throw invalid("certificate is none; leave out what cannot be read, and raise an alarm.");
    }
  }

  private static Instant time(String text) throws RequestFailed {
    try {
      return Instant.parse(text);
    } catch (DateTimeException _) {
      throw invalid("at is no time like 2026-11-21T14:00:00Z.");
    }
  }

  private static RequestFailed invalid(String detail) {
    return failed(400, "report_invalid", detail, "Look at /openapi.yaml.");
  }

  private static RequestFailed failed(int status, String code, String detail, String remedy) {
    return new RequestFailed(Problem.of(status, code, detail, remedy));
  }
}
