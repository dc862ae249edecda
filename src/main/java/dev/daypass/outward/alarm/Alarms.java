package dev.daypass.outward.alarm;

import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.outward.Rendering;
import dev.daypass.outward.Severity;
import dev.daypass.outward.alarm.UnusualUse.Kind;
import dev.daypass.outward.ocsf.Finding;
import dev.daypass.outward.ocsf.OcsfEvents;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes alarms of entries: of those that are one, and of unusual use of a person's own account. For
 * one thread.
 */
public final class Alarms implements Rendering<Alarm> {
  private final OcsfEvents events;
  private final AlarmText text;
  private final KnownUses uses;
  private final AlarmLimit limit = new AlarmLimit();

  /**
   * @param url the public origin, where a person ends logins
   */
  public Alarms(OcsfEvents events, EntryBrowser browser, String origin, String url) {
    this.events = events;
    this.text = new AlarmText(origin, url);
    this.uses = new KnownUses(browser);
  }

  @Override
  public List<Alarm> of(ReadEntry entry) throws StoreFailed {
    return switch (entry.entry().kind()) {
      case BREAKGLASS_REPORTED -> List.of(reported(entry));
      case SESSION_ALARM -> sessionAlarm(entry);
      case CERTIFICATE_GRANTED, LOGIN_OPENED -> unusual(entry);
      // The rest is for whoever reads events.
      default -> List.of();
    };
  }

  private List<Alarm> sessionAlarm(ReadEntry entry) {
    Optional<String> server = entry.details().flatMap(details -> details.text("reported_by"));
    AlarmLimit.Verdict verdict =
        server
            .map(name -> limit.of(name, entry.number().value(), entry.entry().at()))
            .orElse(AlarmLimit.Verdict.TELL);
    return switch (verdict) {
      case TELL -> List.of(reported(entry));
      case SAY_THAT_THERE_ARE_MORE -> List.of(more(entry));
      case SAY_NOTHING -> List.of();
    };
  }

  private Alarm reported(ReadEntry entry) {
    return new Alarm(
        events.event(entry), text.title(entry), text.reported(entry), Optional.empty());
  }

  private Alarm more(ReadEntry entry) {
    String title = text.titleOfMore(entry);
    Finding finding = new Finding(Severity.HIGH, title, "Look at the ledger for the rest.");
    return new Alarm(
        events.finding(entry, finding, "more"), title, text.more(entry), Optional.empty());
  }

  private List<Alarm> unusual(ReadEntry entry) throws StoreFailed {
    Optional<Use> use = Use.of(entry);
    Optional<JsonObject> identity = entry.details().flatMap(details -> details.object("identity"));
    if (use.isEmpty() || identity.isEmpty()) {
      return List.of();
    }
    List<Kind> kinds = UnusualUse.of(use.get(), uses.with(searchKey(identity.get()), use.get()));
    if (kinds.isEmpty()) {
      return List.of();
    }
    String title = text.title(entry, kinds);
    Finding finding = new Finding(Severity.MEDIUM, title, text.why(use.get(), kinds));
    String word =
        kinds.stream()
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("-"));
    return List.of(
        new Alarm(
            events.finding(entry, finding, word),
            title,
            text.unusual(entry, use.get(), kinds),
            identity.get().text("email")));
  }

  /** As the search column has it. */
  private static String searchKey(JsonObject identity) {
    return identity.text("issuer").orElse("") + "\n" + identity.text("subject").orElse("");
  }
}
