package dev.daypass.cli.ledger;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.custody.LossFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.custody.TwoSlotHeadFile;
import dev.daypass.ledger.LedgerRecovery;
import dev.daypass.ledger.RecoveryRefused;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.Loss;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoreFull;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd ledger recover}: re-reads lost entries from a copy (DESIGN section 6). */
@Command(
    name = "recover",
    description = {
      "Bring entries back that this store lost, from a copy of the published files.",
      "The daemon must be stopped. Details are in no copy: theirs are lost, and the ledger says so."
    })
public final class LedgerRecoverCommand implements Callable<Integer> {
  private final Invocation root;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "PLACE",
      description = "The copy: a folder, or a URL.")
  private String from = "";

  @Option(names = "--token-file", paramLabel = "FILE", description = "A token to show to the URL.")
  private @Nullable Path token;

  public LedgerRecoverCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    DaypassConfig config = root.config();
    LossFile told = StateFolder.open(config.state()).loss();
    Terminal terminal = Terminal.out(root.surroundings());
    try (TwoSlotHeadFile head = TwoSlotHeadFile.open(config.ledger().head());
        SqliteDatabase database = SqliteDatabase.open(config.store().sqlite());
        SqliteLedgerStore store = SqliteLedgerStore.open(database);
        VerifyPlace place = VerifyPlace.of(from, Optional.ofNullable(token))) {
      LedgerRecovery recovery = new LedgerRecovery(store, head.read(), place.source());
      Optional<Loss> missing = recovery.missing();
      if (missing.isEmpty()) {
        terminal.good("nothing to do:", "the store has all that the signer has signed for");
        return ExitCode.DONE;
      }
      // Before anything is written: a crash must not make tombstones that nobody tells of.
      told.write(missing.get());
      print(missing.get(), recovery.bringBack(), terminal);
      return ExitCode.DONE;
    } catch (RecoveryRefused refused) {
      throw new CommandRefused(
          String.valueOf(refused.getMessage()),
          "try another copy; if there is none, close this ledger and begin a new one with new CA"
              + " keys: daypassd init --previous CHECKPOINT");
    } catch (StoreFull e) {
      throw new CommandRefused("there is no space for the entries", "make space, and run it again");
    } catch (StoreFailed failure) {
      throw LedgerVerifyCommand.unreadable(failure);
    }
  }

  private static void print(Loss loss, Map<EntryKind, Long> kinds, Terminal terminal) {
    long count = kinds.values().stream().mapToLong(Long::longValue).sum();
    terminal.good("recovered:", count + " entries, without their details");
    Facts facts = new Facts().add("entries", loss.first() + " to " + loss.last());
    kinds.forEach((kind, number) -> facts.add(kind.wireName(), number.toString()));
    terminal.facts(facts);
    long revocations =
        kinds.getOrDefault(EntryKind.REVOCATION_ADDED, 0L)
            + kinds.getOrDefault(EntryKind.LOGIN_ENDED, 0L);
    if (revocations > 0) {
      terminal.note(
          "revocations",
          "what they revoked is lost; revoke again what was granted before them: daypassd revoke");
    }
    terminal.remedy(2, "start the daemon; it writes down what was lost, and goes on");
  }
}
