package dev.daypass.cli.ledger;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateFormatException;
import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.ProgressBar;
import dev.daypass.cli.terminal.Surroundings;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.policy.PolicyFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.issuance.GrantPolicyReview;
import dev.daypass.issuance.GrantRebuild;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.verify.LedgerReport;
import dev.daypass.ledger.verify.LedgerVerifier;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd ledger verify}: every entry, the tree and the checkpoints, from their bytes. */
@Command(
    name = "verify",
    description = {
      "Compute the whole ledger again and compare it: here, at a URL, in a folder of published",
      "files or of a state, or in an export."
    })
public final class LedgerVerifyCommand implements Callable<Integer> {
  private final Invocation root;

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      description = "A URL, a folder or an export (default: the configured database).")
  private @Nullable String from;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = {
        "The ledger's key: a vkey, or a file with an SSH public key or a vkey; each that",
        "it ever had (default: those of the trust bundles here)."
      })
  private List<String> keys = List.of();

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      description = "The ledger's name, if the key does not say it (default: the configured one).")
  private @Nullable String origin;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "A checkpoint seen elsewhere, which must be one of this ledger.")
  private List<Path> checkpoints = List.of();

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "A certificate found somewhere, which this ledger must have granted.")
  private List<Path> certificates = List.of();

  @Option(
      names = "--remember",
      paramLabel = "FILE",
      description = "Where the checkpoint of last time is kept (default: below ~/.local/state).")
  private @Nullable Path remember;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A token to show to a URL that only auditors read.")
  private @Nullable Path token;

  public LedgerVerifyCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    VerifyKey trusted = VerifyKey.of(keys, origin, this::configured);
    List<SignedNote> seen = seen();
    try (VerifyPlace place = place()) {
      Surroundings around = root.surroundings();
      Optional<VerifyMemory> memory =
          Optional.ofNullable(remember)
              .map(VerifyMemory::new)
              .or(() -> VerifyMemory.of(around.environment(), trusted.origin()));
      Optional<SignedNote> last = memory.isEmpty() ? Optional.empty() : memory.get().read();
      last.ifPresent(seen::add);
      LedgerReport report = verifier(place, trusted).verify(seen);
      new VerifyPage(report, trusted.origin(), place.name(), lastTime(last, memory))
          .print(Terminal.out(around));
      if (report.good() && memory.isPresent()) {
        keepNewest(memory.get(), seen, place);
      }
      return report.good() ? ExitCode.DONE : ExitCode.REFUSED;
    } catch (StoreFailed failure) {
      throw unreadable(failure);
    }
  }

  /** What is said of a database that cannot be read. */
  public static CommandRefused unreadable(StoreFailed failure) {
    return new CommandRefused(
        String.valueOf(failure.getMessage()),
        "name the right --state, and run this as the daemon's user");
  }

  LedgerVerifier verifier(VerifyPlace place, VerifyKey trusted) throws CommandRefused {
    GrantRebuild rebuild = GrantRebuild.learning();
    Surroundings around = root.surroundings();
    LedgerVerifier verifier =
        new LedgerVerifier(
            place.source(),
            trusted.origin(),
            trusted.keys(),
            rebuild,
            new GrantPolicyReview(PolicyFile::ofText),
            new ProgressBar(around.err(), around.isTerminal()));
    for (Path file : certificates) {
      verifier.expect(certificate(file).content());
    }
    return verifier;
  }

  /** The configured one, whatever the command line says. */
  VerifyKey configuredKey() throws ConfigInvalid, CommandRefused, IOException {
    return VerifyKey.of(List.of(), null, this::configured);
  }

  private VerifyPlace place() throws StoreFailed, CommandRefused, ConfigInvalid {
    return from == null
        ? VerifyPlace.ofStore(root.config().store().sqlite())
        : VerifyPlace.of(from, Optional.ofNullable(token));
  }

  private VerifyKey.Configured configured() throws ConfigInvalid, CommandRefused, IOException {
    DaypassConfig config = root.config();
    List<String> bundled = bundled(config);
    return new VerifyKey.Configured(
        bundled.isEmpty() ? List.of(VerifyKey.line(config.keys().ledger().publicHalf())) : bundled,
        config.ledger().origin());
  }

  /** Every ledger key that a trust bundle here named, of today or of earlier. */
  private static List<String> bundled(DaypassConfig config) throws IOException {
    try {
      return new StateFolder(config.state())
          .bundles().stream()
              .flatMap(signed -> signed.bundle().ledgerKeys().stream())
              .map(SshPublicKey::line)
              .distinct()
              .toList();
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }

  private static String lastTime(Optional<SignedNote> last, Optional<VerifyMemory> memory) {
    if (memory.isEmpty()) {
      return "nothing is remembered here; name a file with --remember";
    }
    return last.map(note -> "checkpoint of " + note.text().lines().skip(1).findFirst().orElse("?"))
        .orElse("never verified from here before");
  }

  /** The largest that was held against the ledger. */
  private static void keepNewest(VerifyMemory memory, List<SignedNote> seen, VerifyPlace place)
      throws IOException, StoreFailed, TlogFormatException {
    List<SignedNote> all = new ArrayList<>(seen);
    Optional<String> own = place.source().checkpoint();
    if (own.isPresent()) {
      all.add(SignedNote.parse(own.get()));
    }
    Optional<SignedNote> newest = VerifyKey.largest(all);
    if (newest.isPresent()) {
      memory.write(newest.get());
    }
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

  private static Certificate certificate(Path file) throws CommandRefused {
    try {
      return Certificate.parse(Files.readString(file).strip());
    } catch (IOException | CertificateFormatException _) {
      throw new CommandRefused(file + " is no certificate", "name a file KEY-cert.pub");
    }
  }
}
