package dev.daypass.web.console.story;

import dev.daypass.ledger.json.JsonObject;
import dev.daypass.web.console.view.Part;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Servers, and what they report of sessions. */
final class SessionSentences {
  private SessionSentences() {}

  static Sentence server(String what, JsonObject details) {
    Sentence sentence = new Sentence().say("Server");
    details.text("host").map(Links::server).ifPresent(sentence::add);
    return sentence.say(what).say("by", details.text("by"));
  }

  static Sentence opened(JsonObject details) {
    Sentence sentence = who(details).say("opened a session");
    return where(sentence, details);
  }

  static Sentence closed(JsonObject details) {
    return where(new Sentence().say("A session ended"), details);
  }

  static Sentence alarm(JsonObject details) {
    String what =
        switch (details.text("alarm").orElse("")) {
          case "never_granted" -> "a session with a certificate that was never granted";
          case "certificate_differs" -> "a session with another certificate than was granted";
          case "alive_after_end" -> "a session lived longer than its certificate";
          case "contradiction" -> "two reports of one session contradict each other";
          default ->
              "in the server's words: " + details.text("reason").orElse("a session is wrong");
        };
    return where(new Sentence().add(Part.alarm("Alarm:")).say(what), details);
  }

  private static Sentence who(JsonObject details) {
    return new Sentence()
        .add(
            details
                .text("key_id")
                .flatMap(SessionSentences::person)
                .map(Links::person)
                .orElseGet(() -> Part.strong("Somebody")));
  }

  /** The person of a key ID, {@code USERNAME role=ROLE} with all but plain letters encoded. */
  private static Optional<String> person(String keyId) {
    int end = keyId.indexOf(" role=");
    try {
      // A plus sign stands for itself there, and for a space in a form.
      return end <= 0
          ? Optional.empty()
          : Optional.of(
              URLDecoder.decode(
                  keyId.substring(0, end).replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Sentence where(Sentence sentence, JsonObject details) {
    return sentence
        .say("as", details.text("account"))
        .add("on", details.text("reported_by").map(Links::server))
        .add("with certificate", details.text("serial").map(Links::entry));
  }
}
