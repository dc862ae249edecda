package dev.daypass.operator;

import dev.daypass.fleet.host.ChangeOutcome;
import dev.daypass.fleet.host.HostRefused;
import dev.daypass.fleet.host.HostRegistry;
import dev.daypass.fleet.host.JoinToken;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.fleet.host.Joining;
import dev.daypass.fleet.host.PendingJoin;
import dev.daypass.fleet.host.StoredToken;
import dev.daypass.fleet.host.TokenOutcome;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.policy.DurationText;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.host.Label;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Servers through the operator's door; a label is a word like {@code env=prod}.
 *
 * @param revokeLeftOver revokes what a removed server still holds
 */
public record OperatorHosts(HostRegistry registry, Joining joining, Runnable revokeLeftOver) {
  private static final String NO_NAME = "refused that is no DNS name in lower case";
  private static final String NO_LABELS = "refused labels are each like env=prod, every name once";

  public Map<String, OperatorSocket.Command> commands() {
    return Map.of(
        "host-token", this::token,
        "list-hosts", this::list,
        "approve-host", this::approve,
        "relabel-host", this::relabel,
        "remove-host", this::remove);
  }

  /** {@code host-token NAME LIFETIME [LABEL]…}: until when it is good, and the token. */
  private String token(String operator, List<String> words) {
    Optional<Duration> lifetime =
        words.size() < 2 ? Optional.empty() : DurationText.parse(words.get(1));
    if (lifetime.isEmpty()) {
      return "refused a token has a name and a lifetime like 1h";
    }
    return with(
        words.getFirst(),
        words.subList(2, words.size()),
        (name, labels) ->
            switch (joining.token(name, labels, lifetime.get(), operator)) {
              case TokenOutcome.Made(JoinToken token, StoredToken stored) ->
                  "done " + stored.validUntil() + "\n" + token.word();
              case HostRefused refused -> "refused " + refused.detail();
            });
  }

  /** {@code list-hosts}: a line for each server that joined, then for each that asks. */
  private String list(String operator, List<String> words) {
    List<String> lines = new ArrayList<>();
    registry.all().forEach(host -> lines.add(line(host)));
    try {
      joining.asking().forEach(pending -> lines.add(line(pending)));
    } catch (StoreFailed _) {
      return "refused servers cannot be read";
    }
    return String.join("\n", "done " + registry.all().size(), String.join("\n", lines)).strip();
  }

  /** {@code approve-host FINGERPRINT NAME [LABEL]…}. */
  private String approve(String operator, List<String> words) {
    if (words.size() < 2) {
      return "refused a fingerprint and a name";
    }
    try {
      Fingerprint key = Fingerprint.parse(words.getFirst());
      return with(
          words.get(1),
          words.subList(2, words.size()),
          (name, labels) -> answer(joining.approve(key, name, labels, operator)));
    } catch (SshFormatException _) {
      return "refused that is no fingerprint SHA256:…";
    }
  }

  /** {@code relabel-host NAME REASON [LABEL]…}: these labels and no others. */
  private String relabel(String operator, List<String> words) {
    return words.size() < 2
        ? "refused a name and a reason"
        : with(
            words.getFirst(),
            words.subList(2, words.size()),
            (name, labels) -> answer(registry.relabel(name, labels, operator, words.get(1))));
  }

  /** {@code remove-host NAME REASON}. */
  private String remove(String operator, List<String> words) {
    return words.size() != 2
        ? "refused a name and a reason"
        : with(words.getFirst(), List.of(), (name, _) -> remove(operator, name, words.get(1)));
  }

  private String remove(String operator, HostName name, String why) {
    ChangeOutcome outcome = registry.remove(name, operator, why);
    revokeLeftOver.run();
    return answer(outcome);
  }

  private static String with(
      String name, List<String> labels, BiFunction<HostName, Map<String, String>, String> command) {
    Optional<HostName> host = HostName.parse(name);
    if (host.isEmpty()) {
      return NO_NAME;
    }
    return Label.parseAll(labels).map(all -> command.apply(host.get(), all)).orElse(NO_LABELS);
  }

  private static String answer(ChangeOutcome outcome) {
    return switch (outcome) {
      case ChangeOutcome.Changed(JoinedHost host) -> "done " + host.changed();
      case HostRefused refused -> "refused " + refused.detail();
    };
  }

  private static String line(JoinedHost host) {
    return OperatorSocket.words(
        List.of(
            "joined",
            host.name().text(),
            host.key().fingerprint().toString(),
            host.joinedAt().toString(),
            String.join(" ", Label.texts(host.labels())),
            host.mode().wireName()));
  }

  private static String line(PendingJoin pending) {
    return OperatorSocket.words(
        List.of(
            "asks",
            pending.claimed().text(),
            pending.key().fingerprint().toString(),
            pending.askedAt().toString(),
            pending.address().toString(),
            pending.mode().wireName()));
  }
}
