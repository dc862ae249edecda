package dev.daypass.web.console.story;

import dev.daypass.ledger.json.JsonObject;
import java.util.Optional;

/** What logins leave in the ledger. */
final class LoginSentences {
  private LoginSentences() {}

  /** Consent comes first, then the key is bound: two entries of one login. */
  static Sentence opened(JsonObject details) {
    boolean consented = details.text("step").equals(Optional.of("consented"));
    Sentence sentence = Sentences.who(details);
    return consented
        ? sentence.say("allowed the terminal", details.text("hostname")).say("to log in")
        : sentence.say("logged in on", details.text("hostname"));
  }

  static Sentence ended(JsonObject details) {
    Sentence sentence = Sentences.who(details);
    String cause = details.text("cause").orElse("");
    sentence.say(
        switch (cause) {
          case "logout" -> "logged out of";
          case "expired" -> "was logged out when time was up, of";
          case "provider" -> "was logged out by the identity provider, of";
          case "operator" -> "was logged out by an operator, of";
          case "replaced" -> "logged in again, which ended the login on";
          default -> "was logged out of";
        });
    return sentence.quote(details.text("hostname").orElse("a terminal"));
  }
}
