package dev.daypass.cli.ledger;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.issuance.GrantRebuild;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.verify.LedgerReport;
import dev.daypass.ledger.verify.LedgerVerifier;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerReader;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd ledger verify}: every entry, the tree and the checkpoints, from their bytes. */
@Command(name = "verify", description = "Compute the whole ledger again and compare it.")
public final class LedgerVerifyCommand implements Callable<Integer> {
  private final Invocation root;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "A checkpoint seen elsewhere, which must be one of this ledger.")
  private List<Path> checkpoints = List.of();

  public LedgerVerifyCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    DaypassConfig config = root.config();
    List<SignedNote> seen = seen();
    Ed25519PublicKey key = ledgerKey(config);
    try (SqliteDatabase database = SqliteDatabase.openForReading(config.store().sqlite())) {
      LedgerStore store = new SqliteLedgerReader(database);
      LedgerReport report =
          new LedgerVerifier(store, config.ledger().origin(), key, GrantRebuild.ofKeysIn(store))
              .verify(seen);
      return print(report, config.ledger().origin(), Terminal.out(root.surroundings()));
    } catch (StoreFailed failure) {
      throw unreadable(failure);
    }
  }

  static CommandRefused unreadable(StoreFailed failure) {
    return new CommandRefused(
        String.valueOf(failure.getMessage()),
        "name the right --state, and run this as the daemon's user");
  }

  /**
   * A commit carries the checkpoint of the one before it ({@code ledger.store.Batch}), so that the
   * newest commit is vouched for by what the daemon serves, and not yet by the store.
   */
  private static List<String> signed(LedgerReport report) {
    if (report.signed().equals(report.size())) {
      return List.of(report.signed().toString());
    }
    return List.of(
        report.signed() + ", by what is stored; what is newer is vouched for by the daemon:",
        "fetch /ledger/checkpoint, then give it to --checkpoint");
  }

  private List<SignedNote> seen() throws CommandRefused {
    List<SignedNote> notes = new ArrayList<>();
    for (Path file : checkpoints) {
      try {
        notes.add(SignedNote.parse(Files.readString(file)));
      } catch (IOException | TlogFormatException _) {
        throw new CommandRefused(file + " is no checkpoint", "name a signed note, as served");
      }
    }
    return notes;
  }

  /** A separate signer shows its key to the daemon; here the newest trust bundle names it. */
  private static Ed25519PublicKey ledgerKey(DaypassConfig config)
      throws CommandRefused, IOException {
    if (config.keys().signer().isEmpty()) {
      return ledgerKey(config.keys().ledger().publicHalf());
    }
    TrustBundle bundle = StateFolder.open(config.state()).newestBundle().bundle();
    return bundle.ledgerKeys().stream()
        .filter(Ed25519PublicKey.class::isInstance)
        .map(Ed25519PublicKey.class::cast)
        .findFirst()
        .orElseThrow(() ->
            new CommandRefused(
                "trust bundle " + bundle.number() + " names no ledger key",
                "name the right --state"));
  }

  private static Ed25519PublicKey ledgerKey(Path file) throws CommandRefused {
    try {
      if (SshPublicKey.parse(Files.readString(file).strip()) instanceof Ed25519PublicKey key) {
        return key;
      }
      throw new CommandRefused(file + " is no Ed25519 key", "put the ledger's own key there");
    } catch (IOException | SshFormatException _) {
      throw new CommandRefused(
          "there is no public key in " + file, "daypassd init makes it; name the right --state");
    }
  }

  private static int print(LedgerReport report, String origin, Terminal terminal) {
    if (report.good()) {
      terminal.good("good:", "the ledger " + origin + " is whole");
    } else {
      terminal.bad("not good:", "the ledger " + origin + " is not what it should be");
    }
    terminal.facts(
        new Facts()
            .add("entries", report.size().toString())
            .add("root", report.root().toString())
            .addAll("signed up to", signed(report))
            .add("certificates", report.rebuilt() + " made again, and as committed to")
            .add("erased", Long.toString(report.erased())));
    report
        .faults()
        .forEach(fault -> {
          terminal.blank();
          String place = fault.number().map(n -> "entry " + n).orElse("the ledger");
          terminal.say("  " + place + "  " + fault.problem());
        });
    if (!report.good()) {
      terminal.blank();
      terminal.remedy(2, "stop the daemon, keep this folder as it is, and compare with mirrors");
    }
    return report.good() ? ExitCode.DONE : ExitCode.REFUSED;
  }
}
