package dev.daypass.operator;

import dev.daypass.fleet.key.KeyBook;
import dev.daypass.fleet.key.KeyLife;
import dev.daypass.fleet.key.KeyOutcome;
import dev.daypass.fleet.key.KeySurroundings;
import dev.daypass.fleet.key.StagedKey;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.policy.host.HostName;
import dev.daypass.signer.KeyUse;
import dev.daypass.signer.PublicKeys;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of CA keys through the operator's door. An empty word is one that was not said.
 *
 * @param around whom to ask who trusts a key by now
 * @param signing the keys that the signer holds
 */
public record OperatorKeys(
    KeyLife life, KeyBook book, KeySurroundings around, Supplier<PublicKeys> signing) {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorKeys.class);
  private static final int MAX_REASON_CHARS = 200;
  private static final String NO_KEY = "refused that is no fingerprint SHA256:…";
  private static final String NO_REASON =
      "refused a reason has 1 to " + MAX_REASON_CHARS + " characters";

  /** One change. */
  @FunctionalInterface
  private interface Change {
    KeyOutcome make() throws LedgerUnavailable, IOException;
  }

  public Map<String, OperatorSocket.Command> commands() {
    return Map.of(
        "add-key", this::add,
        "list-keys", this::list,
        "activate-key", this::activate,
        "retire-key", this::retire);
  }

  /** {@code add-key USE FINGERPRINT|"" imported|""}. */
  private String add(String operator, List<String> words) {
    Optional<KeyUse> use =
        words.size() == 3 ? KeyUse.ofKeyName(words.getFirst()) : Optional.empty();
    Optional<Fingerprint> wanted = words.size() == 3 ? fingerprint(words.get(1)) : Optional.empty();
    if (use.isEmpty() || (!words.get(1).isEmpty() && wanted.isEmpty())) {
      return "refused a use (user-ca, host-ca or ledger), and a fingerprint if there are several";
    }
    KeyLife.Asker asker = new KeyLife.Asker(operator, Optional.empty());
    return answer(() -> life.add(use.get(), wanted, words.get(2).equals("imported"), asker));
  }

  /** {@code activate-key FINGERPRINT REASON|""}: a reason forces it. */
  private String activate(String operator, List<String> words) {
    Optional<Fingerprint> key =
        words.size() == 2 ? fingerprint(words.getFirst()) : Optional.empty();
    if (key.isEmpty()) {
      return NO_KEY;
    }
    return isReason(words.get(1))
        ? answer(() -> life.activate(key.get(), asker(operator, words.get(1))))
        : NO_REASON;
  }

  /** {@code retire-key FINGERPRINT revoke|"" REASON|""}: a reason forces it. */
  private String retire(String operator, List<String> words) {
    Optional<Fingerprint> key =
        words.size() == 3 ? fingerprint(words.getFirst()) : Optional.empty();
    if (key.isEmpty()) {
      return NO_KEY;
    }
    boolean revoke = words.get(1).equals("revoke");
    return isReason(words.get(2)) && (!revoke || !words.get(2).isEmpty())
        ? answer(() -> life.retire(key.get(), revoke, asker(operator, words.get(2))))
        : NO_REASON;
  }

  /** {@code list-keys}: a line for each key. */
  private String list(String operator, List<String> words) {
    try {
      List<String> lines = new ArrayList<>(List.of("done " + book.all().size()));
      for (StagedKey key : book.all()) {
        lines.add(line(key));
      }
      return String.join("\n", lines);
    } catch (LedgerUnavailable | IOException e) {
      LOG.warn("the keys cannot be listed", e);
      return "refused " + e.getMessage();
    }
  }

  private String line(StagedKey key) throws LedgerUnavailable, IOException {
    Optional<Long> named = life.namedSince(key);
    String without =
        named
            .map(number ->
                around.without(number).stream()
                    .map(HostName::text)
                    .collect(Collectors.joining(" ")))
            .orElse("");
    return OperatorSocket.words(
        List.of(
            key.use().keyName(),
            key.fingerprint().toString(),
            key.stage().wireName(),
            key.since().toString(),
            Long.toString(around.living(key)),
            named.map(number -> Long.toString(number)).orElse(""),
            without));
  }

  private String answer(Change change) {
    try {
      return switch (change.make()) {
        case KeyOutcome.Changed(StagedKey key) ->
            "done "
                + OperatorSocket.words(
                    List.of(
                        key.use().keyName(),
                        key.fingerprint().toString(),
                        key.stage().wireName(),
                        key.entry().toString()))
                + held(key);
        case KeyOutcome.Refused(String why, String remedy) -> "refused " + why + "\n" + remedy;
      };
    } catch (LedgerUnavailable e) {
      return "refused " + e.getMessage();
    } catch (IOException e) {
      LOG.warn("keys cannot be changed", e);
      return "refused " + e.getMessage();
    }
  }

  /** The key itself on a line of its own, where the signer holds it. */
  private String held(StagedKey key) {
    return signing.get().of(key.use()).stream()
        .filter(held -> held.fingerprint().equals(key.fingerprint()))
        .map(held -> "\n" + held.line())
        .findFirst()
        .orElse("");
  }

  private static KeyLife.Asker asker(String operator, String reason) {
    return new KeyLife.Asker(operator, Optional.of(reason).filter(why -> !why.isEmpty()));
  }

  private static boolean isReason(String why) {
    return why.length() <= MAX_REASON_CHARS && (why.isEmpty() || !why.isBlank());
  }

  private static Optional<Fingerprint> fingerprint(String text) {
    try {
      return Optional.of(Fingerprint.parse(text));
    } catch (SshFormatException _) {
      return Optional.empty();
    }
  }
}
