package dev.daypass.cli.key;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.call.OperatorCall;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Spans;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daypassd ca}: CA keys and ledger keys come, sign and go (DESIGN section 3). */
@Command(
    name = "ca",
    description = "See CA keys and ledger keys, let one take the place of another, retire one.")
public final class CaCommand {
  private static final String LIST = "see what there is: daypassd ca list";

  private final Invocation root;

  public CaCommand(Invocation root) {
    this.root = root;
  }

  @Command(description = "List the keys: stage, since when, what stands or falls with each.")
  int list() throws Exception {
    List<String> lines = OperatorCall.of(root).ask("look at the daemon's log", "list-keys");
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.heading("Keys of this certificate authority");
    for (String line : lines.subList(1, lines.size())) {
      ListedKey key = ListedKey.parse(line);
      terminal.blank();
      terminal.facts(
          new Facts()
              .add(key.use(), key.stage())
              .add("fingerprint", key.fingerprint())
              .add("since", Spans.exact(Instant.parse(key.since())))
              .add("live", key.living() + " certificates")
              .add("trusted", trusted(key))
              .addAll("not yet at", key.without()));
    }
    return ExitCode.DONE;
  }

  @Command(
      description = {
        "Make a key known that the configuration names beside the active one: it is next.",
        "Writes the trust bundle that names it, to be signed by the root key."
      })
  int add(
      @Parameters(paramLabel = "USE", description = "user-ca, host-ca or ledger.") String use,
      @Option(names = "--key", paramLabel = "FINGERPRINT", description = "If there are several.")
          @Nullable String key,
      @Option(names = "--out", paramLabel = "FILE", description = "Where the bundle is written.")
          @Nullable Path out)
      throws Exception {
    addNext(use(use), key, out, "");
    return ExitCode.DONE;
  }

  @Command(
      name = "import",
      description = {
        "As add, for the key of another CA, which servers trusted before this authority had it.",
        "The entry says so."
      })
  int takeOver(
      @Parameters(paramLabel = "USE", description = "user-ca or host-ca.") String use,
      @Option(names = "--key", paramLabel = "FINGERPRINT", description = "If there are several.")
          @Nullable String key,
      @Option(names = "--out", paramLabel = "FILE", description = "Where the bundle is written.")
          @Nullable Path out)
      throws Exception {
    addNext(use(use), key, out, "imported");
    return ExitCode.DONE;
  }

  @Command(
      description = "Let a key sign that is next; refused before every server that joined has it.")
  int activate(
      @Parameters(paramLabel = "FINGERPRINT", description = "As list shows it.") String key,
      @Option(names = "--force", description = "Also where servers do not have it yet.")
          boolean force,
      @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is in the entry.")
          @Nullable String reason)
      throws Exception {
    done(ask("activate-key", fingerprint(key).toString(), reason(force, reason)));
    return ExitCode.DONE;
  }

  @Command(
      description = {
        "Retire a key that signs no more; refused while what it signed is alive.",
        "Writes the trust bundle that leaves it out, to be signed by the root key."
      })
  int retire(
      @Parameters(paramLabel = "FINGERPRINT", description = "As list shows it.") String key,
      @Option(names = "--revoke", description = "Revoke it, and all that it signed.")
          boolean revoke,
      @Option(names = "--force", description = "Although what it signed is alive.") boolean force,
      @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is in the entry.")
          @Nullable String reason,
      @Option(names = "--out", paramLabel = "FILE", description = "Where the bundle is written.")
          @Nullable Path out)
      throws Exception {
    Fingerprint which = fingerprint(key);
    done(
        ask(
            "retire-key",
            which.toString(),
            revoke ? "revoke" : "",
            reason(force || revoke, reason)));
    new NextBundleDraft(root, out).without(which);
    return ExitCode.DONE;
  }

  private void addNext(KeyUse use, @Nullable String key, @Nullable Path out, String origin)
      throws Exception {
    String which = key == null ? "" : fingerprint(key).toString();
    ChangedKey added = ask("add-key", use.keyName(), which, origin);
    done(added);
    new NextBundleDraft(root, out).adding(use, added.key());
  }

  private ChangedKey ask(String command, String... words) throws Exception {
    return ChangedKey.parse(OperatorCall.of(root).ask(LIST, command, words));
  }

  private void done(ChangedKey key) {
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good("done:", "the " + key.use() + " key " + key.fingerprint() + " is " + key.stage());
    terminal.facts(new Facts().add("entry", key.entry()));
  }

  private static String trusted(ListedKey key) {
    return key.bundle().map(number -> "since trust bundle " + number).orElse("by no trust bundle");
  }

  private static String reason(boolean needed, @Nullable String reason) throws CommandRefused {
    if (needed == (reason == null)) {
      throw new CommandRefused(
          ExitCode.USAGE,
          needed ? "That needs a reason." : "A reason goes with --force or --revoke.",
          "--reason TEXT; it stands in the ledger");
    }
    return reason == null ? "" : reason;
  }

  private static KeyUse use(String word) throws CommandRefused {
    return KeyUse.ofKeyName(word)
        .filter(use -> use != KeyUse.CHANNEL && use != KeyUse.ROOT)
        .orElseThrow(() ->
            new CommandRefused(
                ExitCode.USAGE,
                word + " is no use of a key with stages.",
                "user-ca, host-ca or ledger"));
  }

  private static Fingerprint fingerprint(String text) throws CommandRefused {
    try {
      return Fingerprint.parse(text);
    } catch (SshFormatException e) {
      throw new CommandRefused(ExitCode.USAGE, text + " is no fingerprint.", "as in SHA256:…");
    }
  }
}
