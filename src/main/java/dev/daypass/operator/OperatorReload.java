package dev.daypass.operator;

import dev.daypass.reload.Reload;
import dev.daypass.reload.ReloadOutcome;
import java.util.List;
import java.util.Map;

/** Reads files again, through the operator's door. */
public record OperatorReload(Reload reload) {
  public Map<String, OperatorSocket.Command> commands() {
    return Map.of("reload", this::reload);
  }

  /** {@code reload}: how many differences, then each; or refused, and each problem. */
  private String reload(String operator, List<String> words) {
    return switch (reload.run(operator)) {
      case ReloadOutcome.Done(var differences) -> lines("done " + differences.size(), differences);
      case ReloadOutcome.Refused(var problems) ->
          lines("refused what was in force stays: " + problems.size() + " problems", problems);
      case ReloadOutcome.Unavailable(String why) -> "refused " + why;
    };
  }

  private static String lines(String first, List<String> more) {
    return more.isEmpty() ? first : first + "\n" + String.join("\n", more);
  }
}
