package dev.daypass.outward.ocsf;

import dev.daypass.ledger.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a session raised an alarm, in words of ours: a server's own are never shown as they are. */
public final class AlarmWords {
  private static final Pattern WORD = Pattern.compile("[a-z_]{1,40}");

  private AlarmWords() {}

  /** Empty where it says nothing that we know. */
  public static Optional<String> of(JsonObject details) {
    Optional<String> word = details.text("alarm").filter(WORD.asMatchPredicate());
    return word.map(text -> text.replace('_', ' '))
        .or(() -> details.text("reason").flatMap(AlarmWords::reason));
  }

  /** What daypass-host-hints reports, as a word or as a sentence. */
  private static Optional<String> reason(String text) {
    return switch (text) {
      case "unwatched", "sshd let it in, and the session hook said nothing of it" ->
          Optional.of("sshd let somebody in, and the session hook said nothing of it");
      default -> Optional.empty();
    };
  }
}
