package dev.daypass.cli.audit;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.call.OperatorCall;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.TreeSize;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Up to where entries are taken away, and which entry says so.
 *
 * @param checkpoint of that size, as a signed note
 */
public record Taken(TreeSize size, Optional<String> entry, Optional<String> checkpoint) {
  /** Has the daemon write it down first: whoever takes something away leaves a trace. */
  public static Taken recorded(Invocation root, String format, Map<String, String> filter)
      throws ConfigInvalid, CommandRefused {
    String[] words =
        Stream.concat(
                Stream.of(format),
                filter.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()))
            .toArray(String[]::new);
    List<String> answer =
        OperatorCall.of(root)
            .ask("see /readyz; of a copy of the state: --unrecorded", "record-export", words);
    String[] told = answer.getFirst().split(" ", -1);
    String note = String.join("\n", answer.subList(1, answer.size())) + "\n";
    return new Taken(
        new TreeSize(Long.parseLong(told[1])), Optional.of(told[0]), Optional.of(note));
  }

  /** A moment of a command line, or the beginning of a day in UTC. */
  public static Instant moment(String text) throws CommandRefused {
    return EntryOptions.moment(Optional.of(text)).orElseThrow();
  }

  /** As much as is there, with the checkpoint that came with it. */
  static Taken unrecorded(LedgerStore store) throws StoreFailed {
    return new Taken(store.head().frontier().size(), Optional.empty(), store.checkpoint());
  }
}
