package dev.daypass.cli.ledger;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Spans;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerReader;
import dev.daypass.tlog.EntryNumber;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code daypassd ledger show}: one entry with its details. */
@Command(name = "show", description = "Show an entry and its details, by its number.")
public final class LedgerShowCommand implements Callable<Integer> {
  private final Invocation root;

  @Parameters(paramLabel = "N", description = "The entry's number: a certificate's serial.")
  private long number;

  public LedgerShowCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    DaypassConfig config = root.config();
    try (SqliteDatabase database = SqliteDatabase.openForReading(config.store().sqlite())) {
      if (number < 0) {
        throw new CommandRefused(ExitCode.USAGE, "entries are numbered from 0", "name another");
      }
      SqliteLedgerReader store = new SqliteLedgerReader(database);
      StoredEntry stored = store.entry(new EntryNumber(number)).orElseThrow(() -> absent());
      print(stored, Terminal.out(root.surroundings()));
      return ExitCode.DONE;
    } catch (StoreFailed failure) {
      throw LedgerVerifyCommand.unreadable(failure);
    }
  }

  private CommandRefused absent() {
    return new CommandRefused("there is no entry " + number, "the ledger is shorter than that");
  }

  private static void print(StoredEntry stored, Terminal terminal) throws Exception {
    Entry entry = Entry.decode(stored.entry());
    terminal.heading("entry " + stored.number() + "  " + entry.kind().wireName());
    terminal.facts(
        new Facts()
            .add("at", Spans.exact(entry.at()))
            .add("leaf hash", entry.leafHash().toString())
            .add("details", entry.detailsHash().base64Url())
            .add("commits", entry.commitSsh().map(hash -> "ssh " + hash.base64Url()))
            .add("public", entry.publicPart().map(LedgerShowCommand::json)));
    terminal.blank();
    if (stored.details().isEmpty()) {
      terminal.say("Its details were erased.");
      return;
    }
    JsonObject details = CanonicalJson.decodeObject(stored.details().get());
    Optional<RevocationWords> revocation =
        entry.kind() == EntryKind.REVOCATION_ADDED ? RevocationWords.of(details) : Optional.empty();
    if (revocation.isPresent()) {
      terminal.heading(revocation.get().sentence());
      terminal.facts(revocation.get().facts());
      return;
    }
    terminal.heading("details");
    Facts facts = new Facts();
    details.members().forEach((name, value) -> add(facts, name, value));
    terminal.facts(facts);
  }

  /** A member of an object is a line of its own, and so is a text of an array. */
  private static void add(Facts facts, String name, JsonValue value) {
    if (value instanceof JsonObject object && !object.members().isEmpty()) {
      object.members().forEach((member, inner) -> add(facts, name + "." + member, inner));
    } else if (value instanceof JsonArray(var values)
        && !values.isEmpty()
        && values.stream().allMatch(JsonText.class::isInstance)) {
      facts.addAll(name, values.stream().map(LedgerShowCommand::text).toList());
    } else {
      facts.add(name, text(value));
    }
  }

  private static String text(JsonValue value) {
    return value instanceof JsonText(String text) ? text : json(value);
  }

  private static String json(JsonValue value) {
    return new String(CanonicalJson.encode(value).toArray(), StandardCharsets.UTF_8);
  }
}
