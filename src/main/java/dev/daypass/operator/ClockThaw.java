package dev.daypass.operator;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import java.util.List;

/** An operator vouches for the clock, which is itself an entry (DESIGN section 6, "Clock"). */
public record ClockThaw(Ledger ledger) implements OperatorSocket.Command {
  @Override
  public String run(String operator, List<String> words) {
    JsonObject details = JsonObject.builder().put("operator", operator).build();
    try {
      return "done "
          + ledger.append(Draft.of(EntryKind.CLOCK_THAWED, details, SearchKeys.NONE)).number();
    } catch (LedgerUnavailable e) {
      return "refused " + e.getMessage();
    }
  }
}
