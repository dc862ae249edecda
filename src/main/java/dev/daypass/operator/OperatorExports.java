package dev.daypass.operator;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes down that somebody on this machine takes entries away. */
public record OperatorExports(Ledger ledger) {
  private static final Set<String> FORMATS = Set.of("ndjson", "csv", "report");
  private static final Set<String> MEMBERS =
      Set.of("kind", "person", "role", "server", "key", "reason_part", "from", "to", "text_part");

  public Map<String, OperatorSocket.Command> commands() {
    return Map.of("record-export", this::record);
  }

  /**
   * {@code record-export FORMAT [MEMBER=VALUE]…}: {@code done ENTRY SIZE}, and the checkpoint of
   * that size.
   */
  private String record(String operator, List<String> words) {
    if (words.isEmpty() || !FORMATS.contains(words.getFirst())) {
      return "refused that is no format";
    }
    JsonObject.Builder details =
        JsonObject.builder().put("by", operator + " (local)").put("format", words.getFirst());
    for (String word : words.subList(1, words.size())) {
      String[] parts = word.split("=", 2);
      if (parts.length != 2 || !MEMBERS.contains(parts[0])) {
        return "refused that is nothing to search by";
      }
      details.put(parts[0], parts[1]);
    }
    try {
      Receipt receipt =
          ledger.append(Draft.of(EntryKind.EXPORT_MADE, details.build(), SearchKeys.NONE));
      return "done %s %s\n%s"
          .formatted(
              receipt.number(),
              receipt.checkpoint().checkpoint().size(),
              receipt.checkpoint().note().encode().stripTrailing());
    } catch (LedgerUnavailable e) {
      return "refused the ledger takes no entry now: " + e.getMessage();
    }
  }
}
