package dev.daypass.operator;

import dev.daypass.issuance.Freeze;
import dev.daypass.ledger.LedgerUnavailable;
import java.util.List;
import java.util.Map;

/** Stops issuance and lets it go on, through the operator's door. */
public record OperatorFreeze(Freeze freeze) {
  static final String FREEZE = "freeze";
  static final String THAW = "thaw";

  private static final int MAX_REASON_CHARS = 500;

  public Map<String, OperatorSocket.Command> commands() {
    return Map.of(FREEZE, this::freeze, THAW, this::thaw);
  }

  /** {@code freeze REASON}. */
  private String freeze(String operator, List<String> words) {
    if (!isReason(words)) {
      return "refused a reason of 1 to " + MAX_REASON_CHARS + " characters";
    }
    try {
      return "done " + freeze.freeze(operator, words.getFirst());
    } catch (LedgerUnavailable e) {
      return "refused issuance has stopped, but only until this daemon ends: " + e.getMessage();
    }
  }

  /** {@code thaw REASON}. */
  private String thaw(String operator, List<String> words) {
    if (!isReason(words)) {
      return "refused a reason of 1 to " + MAX_REASON_CHARS + " characters";
    }
    if (freeze.reason().isEmpty()) {
      return "refused issuance is not frozen";
    }
    try {
      return "done " + freeze.thaw(operator, words.getFirst());
    } catch (LedgerUnavailable e) {
      return "refused it stays frozen: " + e.getMessage();
    }
  }

  private static boolean isReason(List<String> words) {
    return words.size() == 1
        && !words.getFirst().isBlank()
        && words.getFirst().length() <= MAX_REASON_CHARS;
  }
}
