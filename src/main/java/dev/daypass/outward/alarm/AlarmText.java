package dev.daypass.outward.alarm;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.outward.alarm.UnusualUse.Kind;
import dev.daypass.outward.ocsf.AlarmWords;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Alarms in words. Nothing that an asker wrote stands in them as it is: a thief would use it to
 * tell the owner what to click.
 */
record AlarmText(String origin, String url) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._@:+-]{1,128}");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9-]{1,63}");

  /** Of an entry that is an alarm itself. */
  String title(ReadEntry entry) {
    JsonObject details = entry.details().orElse(JsonObject.EMPTY);
    if (entry.entry().kind() == EntryKind.BREAKGLASS_REPORTED) {
      return "Break-glass was used" + on(details);
    }
    return "Session alarm" + on(details) + ": " + AlarmWords.of(details).orElse("(not shown)");
  }

  /** Of the first alarm of a server that is not told by itself. */
  String titleOfMore(ReadEntry entry) {
    return "Many alarms" + on(entry.details().orElse(JsonObject.EMPTY)) + ", and more";
  }

  String more(ReadEntry entry) {
    return titleOfMore(entry)
        + ".\n\nWhat else it reports within the hour is not told here: look at the ledger.\n"
        + "\nLook at it: "
        + page(entry)
        + "\n";
  }

  /** Of an entry that is an alarm itself. */
  String reported(ReadEntry entry) {
    JsonObject details = entry.details().orElse(JsonObject.EMPTY);
    StringBuilder text = new StringBuilder(title(entry)).append(".\n\n");
    line(text, "When", TIME.format(entry.entry().at()));
    line(text, "Reported by", plain(details.text("reported_by")));
    line(text, "Certificate", "serial " + plain(details.text("serial")));
    details.text("account").ifPresent(name -> line(text, "Account", plain(Optional.of(name))));
    details.text("client").ifPresent(from -> line(text, "From", plain(Optional.of(from))));
    line(text, "Session", plain(details.text("session")));
    line(text, "Entry", entry.number() + " of " + origin);
    return text.append("\nLook at it: ").append(page(entry)).append('\n').toString();
  }

  /** Of an unusual use. */
  String title(ReadEntry entry, List<Kind> kinds) {
    String what =
        kinds.stream()
            .map(kind ->
                switch (kind) {
                  case NETWORK -> "a new network";
                  case COMPUTER -> "a new computer";
                  case HOUR -> "an unusual hour";
                })
            .collect(Collectors.joining(" and "));
    return act(entry) + " of " + plain(entry.person()) + " from " + what;
  }

  /** What speaks for it: the rule, with this use's own values. */
  String why(Use use, List<Kind> kinds) {
    return kinds.stream().map(kind -> why(use, kind)).collect(Collectors.joining(" "));
  }

  /** Of an unusual use, to its owner and to operators alike. */
  String unusual(ReadEntry entry, Use use, List<Kind> kinds) {
    JsonObject details = entry.details().orElse(JsonObject.EMPTY);
    StringBuilder text = new StringBuilder(title(entry, kinds)).append(".\n\n");
    kinds.forEach(kind -> text.append("- ").append(why(use, kind)).append('\n'));
    text.append('\n');
    line(text, "When", TIME.format(use.at()));
    line(text, "From", plain(Use.addressText(details)));
    line(text, "Account", plain(entry.person()));
    details.text("role").ifPresent(role -> line(text, "Role", plain(Optional.of(role))));
    line(text, "Entry", entry.number() + " of " + origin);
    return text.append("\nIf that was you, there is nothing to do.\n")
        .append("If it was not, end every login of yours now: `daypass logout --all`, or the\n")
        .append("button at ")
        .append(url)
        .append("/console/me; then tell your operators.\n")
        .toString();
  }

  private String why(Use use, Kind kind) {
    long days = UnusualUse.HORIZON.toDays();
    return switch (kind) {
      case NETWORK ->
          "It is the first from " + use.network().orElse("there") + " in " + days + " days.";
      case COMPUTER ->
          "It is the first login in "
              + days
              + " days whose computer calls itself "
              + computer(use)
              + ".";
      case HOUR ->
          "In " + days + " days none was within two hours of " + use.hour() + " o'clock UTC.";
    };
  }

  private static String act(ReadEntry entry) {
    return entry.entry().kind() == EntryKind.LOGIN_OPENED ? "Login" : "Certificate";
  }

  private String page(ReadEntry entry) {
    return url + "/console/entries/" + entry.number();
  }

  private static String on(JsonObject details) {
    return details
        .text("reported_by")
        .map(server -> " on " + plain(Optional.of(server)))
        .orElse("");
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-12s %s\n".formatted(name, value));
  }

  /** No more than its first label: a whole name would be a link in somebody's mail reader. */
  private static String computer(Use use) {
    return use.computer()
        .map(name -> name.split("\\.", 2)[0])
        .filter(LABEL.asMatchPredicate())
        .orElse("(not shown)");
  }

  private static String plain(Optional<String> text) {
    return text.filter(PLAIN.asMatchPredicate()).orElse("(not shown)");
  }
}
