package dev.daypass.operator;

import dev.daypass.identity.Username;
import dev.daypass.ledger.privacy.ErasureOutcome;
import dev.daypass.ledger.privacy.Erasures;
import dev.daypass.tlog.EntryNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Erasing details through the operator's door. */
public record OperatorErasures(Erasures erasures) {
  private static final String MALFORMED = "refused that names neither an entry nor a person";

  public Map<String, OperatorSocket.Command> commands() {
    return Map.of("erase-entry", this::entry, "erase-person", this::person);
  }

  /** {@code erase-entry N REASON}. */
  private String entry(String operator, List<String> words) {
    return words.size() == 2 && words.getFirst().matches("0|[1-9][0-9]{0,17}")
        ? answer(
            erasures.entry(
                new EntryNumber(Long.parseLong(words.getFirst())), local(operator), words.get(1)))
        : MALFORMED;
  }

  /** {@code erase-person USERNAME REASON}. */
  private String person(String operator, List<String> words) {
    Optional<Username> username =
        words.size() == 2 ? Username.parse(words.getFirst()) : Optional.empty();
    return username
        .map(name -> answer(erasures.person(name, local(operator), words.get(1))))
        .orElse(MALFORMED);
  }

  private static String local(String operator) {
    return operator + " (local)";
  }

  /** {@code done ERASED gone|remains ENTRIES KEPT}, then what was not reached, a line each. */
  private static String answer(ErasureOutcome outcome) {
    return switch (outcome) {
      case ErasureOutcome.Done done ->
          "done %d %s %s %s\n%s"
              .formatted(
                  done.erased(),
                  done.remains() ? "remains" : "gone",
                  list(done.entries()),
                  list(done.kept()),
                  String.join("\n", ErasureOutcome.Done.BEYOND));
      case ErasureOutcome.Refused refused -> "refused " + refused.detail() + " " + refused.remedy();
    };
  }

  private static String list(List<EntryNumber> numbers) {
    return numbers.isEmpty()
        ? "-"
        : numbers.stream().map(EntryNumber::toString).collect(Collectors.joining(","));
  }
}
