package dev.daypass.web.console.story;

import dev.daypass.ledger.entry.Erasure;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.console.view.Part;
import java.util.List;
import java.util.Optional;

/** What an entry records, in one sentence. */
public final class Sentences {
  private Sentences() {}

  /** The sentence; of erased details only what the public entry tells. */
  public static List<Part> of(ReadEntry read) {
    JsonObject details = read.details().orElse(JsonObject.EMPTY);
    Sentence sentence = read.details().isEmpty() ? bare(read) : told(read, details);
    return sentence.parts();
  }

  private static Sentence bare(ReadEntry read) {
    return new Sentence()
        .add(Part.strong(KindWords.of(read.entry().kind())))
        .add(Part.quiet("(its details were erased)"));
  }

  private static Sentence told(ReadEntry read, JsonObject details) {
    return switch (read.entry().kind()) {
      case LEDGER_CREATED ->
          new Sentence().say("The ledger began").say("as", details.text("origin"));
      case DAEMON_STARTED ->
          new Sentence().say("The daemon started").say("in version", version(details));
      case POLICY_LOADED -> policy(details);
      case CONFIG_LOADED ->
          new Sentence().say("Configuration came into force").say("for", details.text("url"));
      case CA_KEY_ADDED -> caKey("was added", details);
      case CA_KEY_ACTIVATED -> caKey("signs from now on", details);
      case CA_KEY_RETIRED -> caKey("signs no more", details);
      case BUNDLE_PUBLISHED -> published("Trust bundle", read).say("by", details.text("by"));
      case KRL_PUBLISHED ->
          published("Revocation list", read).say("with", ranges(details)).say("in it");
      case LOGIN_OPENED -> LoginSentences.opened(details);
      case LOGIN_ENDED -> LoginSentences.ended(details);
      case CERTIFICATE_GRANTED -> GrantSentences.granted(details, read.entry().at());
      case CERTIFICATE_FAILED -> GrantSentences.failed(details);
      case HOST_CERTIFICATE_GRANTED -> GrantSentences.ofHost(details, read.entry().at());
      case REQUESTS_REFUSED -> GrantSentences.refused(details);
      case REVOCATION_ADDED -> GrantSentences.revoked(details);
      case HOST_JOINED -> SessionSentences.server("joined", details);
      case HOST_CHANGED -> SessionSentences.server("was changed", details);
      case HOST_LEFT -> SessionSentences.server("left", details);
      case SESSION_OPENED -> SessionSentences.opened(details);
      case SESSION_CLOSED -> SessionSentences.closed(details);
      case SESSION_ALARM -> SessionSentences.alarm(details);
      case DETAILS_ERASED -> erased(details);
      case EXPORT_MADE -> exported(details);
      case GRANT_REQUESTED,
          GRANT_APPROVED,
          GRANT_DENIED,
          GRANT_ENDED,
          TOKEN_GRANTED,
          BREAKGLASS_REPORTED ->
          other(read);
      case CLOCK_THAWED ->
          operator(details).say("vouched for the clock, which had stopped all signing");
      case ISSUANCE_FROZEN -> operator(details).say("stopped all issuance");
      case ISSUANCE_THAWED -> operator(details).say("let issuance go on");
    };
  }

  private static Optional<String> version(JsonObject details) {
    return details.text("version");
  }

  private static Sentence policy(JsonObject details) {
    Sentence sentence = new Sentence().say("A policy came into force");
    int changes = size(details, "added") + size(details, "removed") + size(details, "changed");
    if (changes > 0) {
      sentence.add(Part.quiet("(" + counted(changes, "change") + ")"));
    }
    return sentence.say("by", details.text("by"));
  }

  private static Sentence caKey(String what, JsonObject details) {
    return new Sentence()
        .say("The CA key for")
        .quote(details.text("use").map(use -> use.replace('-', ' ')).orElse("certificates"))
        .say(what);
  }

  private static Sentence published(String what, ReadEntry read) {
    Sentence sentence = new Sentence().say(what);
    read.entry()
        .publicPart()
        .flatMap(part -> part.integer("number"))
        .ifPresent(number -> sentence.say(number.toString()));
    return sentence.say("was published");
  }

  private static Optional<String> ranges(JsonObject details) {
    long keys = details.integer("keys").orElse(0L);
    long ranges = details.integer("ranges").orElse(0L);
    return Optional.of(counted(ranges, "range") + " of certificates and " + counted(keys, "key"));
  }

  private static Sentence erased(JsonObject details) {
    List<EntryNumber> erased = Erasure.of(details).map(Erasure::erased).orElse(List.of());
    Sentence sentence = new Sentence().say("The details of");
    if (erased.size() == 1) {
      sentence.say("entry").add(Links.entry(erased.getFirst().toString()));
    } else {
      sentence.say(erased.size() + " entries");
    }
    boolean lost = details.text("cause").equals(Optional.of("lost"));
    return sentence
        .say(lost ? "were found to be lost" : "were erased")
        .say("by", details.text("operator").or(() -> details.text("by")));
  }

  private static Sentence exported(JsonObject details) {
    return who(details)
        .say("took entries away as", details.text("format"))
        .say("for", details.text("person"))
        .say("of role", details.text("role"))
        .say("of server", details.text("server"));
  }

  private static Sentence other(ReadEntry read) {
    Sentence sentence = new Sentence().add(Part.strong(KindWords.of(read.entry().kind())));
    read.person().map(Links::person).ifPresent(sentence::add);
    read.role().map(Links::role).ifPresent(sentence::add);
    return sentence;
  }

  private static Sentence operator(JsonObject details) {
    return new Sentence().quote(details.text("operator").orElse("An operator"));
  }

  /** A sentence that begins with the person whom it is about. */
  static Sentence who(JsonObject details) {
    return new Sentence()
        .add(
            details
                .object("identity")
                .flatMap(identity -> identity.text("username").or(() -> identity.text("subject")))
                .map(Links::person)
                .orElseGet(() -> Part.strong("Somebody")));
  }

  static int size(JsonObject details, String name) {
    return details.value(name).orElse(null) instanceof JsonArray(var values) ? values.size() : 0;
  }

  static String counted(long count, String thing) {
    return count == 1 ? "1 " + thing : count + " " + thing + "s";
  }
}
