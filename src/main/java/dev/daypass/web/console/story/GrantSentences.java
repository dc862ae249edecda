package dev.daypass.web.console.story;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.web.console.view.Part;
import dev.daypass.web.page.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Certificates granted, refused, held back and revoked. */
final class GrantSentences {
  private static final int NAMED = 3;

  private GrantSentences() {}

  static Sentence granted(JsonObject details, Instant at) {
    Sentence sentence = Sentences.who(details).say("got");
    details.text("role").map(Links::role).ifPresent(sentence::add);
    Durations.life(details, at).ifPresent(time -> sentence.say("for " + Durations.said(time)));
    List<String> hosts = details.texts("hosts");
    if (!hosts.isEmpty()) {
      sentence.say("on");
      hosts.stream().limit(NAMED).map(Links::server).forEach(sentence::add);
      if (hosts.size() > NAMED) {
        sentence.say("and " + (hosts.size() - NAMED) + " more");
      }
    }
    return sentence;
  }

  static Sentence failed(JsonObject details) {
    return new Sentence()
        .say("The certificate of entry")
        .add(Links.entry(details.text("entry").orElse("?")))
        .say("was not released:")
        .quote(details.text("cause").orElse("nobody wrote down why"));
  }

  static Sentence ofHost(JsonObject details, Instant at) {
    Sentence sentence = new Sentence().say("Server");
    details.text("host").map(Links::server).ifPresent(sentence::add);
    sentence.say("got its host certificate");
    Durations.life(details, at).ifPresent(time -> sentence.say("for " + Durations.said(time)));
    return sentence;
  }

  static Sentence refused(JsonObject details) {
    Optional<String> host = details.text("host");
    Sentence sentence =
        host.isPresent()
            ? new Sentence().say("Server").add(Links.server(host.get()))
            : Sentences.who(details);
    Optional<Long> count = details.integer("count");
    if (count.isPresent()) {
      return sentence.say("was refused " + Sentences.counted(count.get(), "more time"));
    }
    sentence.say("was refused:");
    return details.value("reasons").orElse(null) instanceof JsonArray(var values)
            && !values.isEmpty()
            && values.getFirst() instanceof JsonObject first
        ? sentence.quote(first.text("detail").orElse("nobody wrote down why"))
        : sentence.say("nobody wrote down why");
  }

  static Sentence revoked(JsonObject details) {
    Sentence sentence = new Sentence();
    String target = details.text("target").orElse("");
    switch (target) {
      case "serial" ->
          sentence.say("Certificate").add(Links.entry(details.text("serial").orElse("?")));
      case "user" ->
          sentence.say("All that").add(Links.person(named(details, "user"))).say("holds");
      case "role" -> sentence.say("All of role").add(Links.role(named(details, "role")));
      case "key" -> sentence.say("The key").add(Links.key(named(details, "key")));
      case "host" -> sentence.say("The server").add(Links.server(named(details, "host")));
      case "login" -> login(sentence, details);
      case "ca_key" ->
          sentence.say("The CA key").add(Part.mono(Shown.harmless(named(details, "ca_key"))));
      case "window" ->
          sentence
              .say("All granted from")
              .quote(named(details, "from"))
              .say("to")
              .quote(named(details, "to"));
      default -> sentence.say("Something");
    }
    int serials = Sentences.size(details, "serials");
    return sentence
        .say("was revoked")
        .say("by", details.text("by"))
        .add(Part.quiet("(" + Sentences.counted(serials, "certificate") + ")"));
  }

  private static void login(Sentence sentence, JsonObject details) {
    sentence.say("The login of");
    sentence.add(
        details
            .object("identity")
            .flatMap(identity -> identity.text("username"))
            .map(Links::person)
            .orElseGet(() -> Part.strong("somebody")));
    sentence.say("on", details.text("hostname"));
  }

  private static String named(JsonObject details, String name) {
    return details.text(name).orElse("?");
  }
}
