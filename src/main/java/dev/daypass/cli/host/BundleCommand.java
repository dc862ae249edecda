package dev.daypass.cli.host;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.call.OperatorCall;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Spans;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.custody.KeyFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.BundleFormatException;
import dev.daypass.fleet.NextBundle;
import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.fleet.WhenExpired;
import dev.daypass.fleet.WitnessPolicy;
import dev.daypass.policy.DurationText;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code daypassd bundle}: whom servers trust (DESIGN section 3). {@code make} and {@code publish}
 * belong to the daemon's machine, {@code sign} to the one that holds the root key.
 */
@Command(
    name = "bundle",
    description = "Make, sign, show and publish trust bundles: whom servers trust.")
public final class BundleCommand {
  private final Invocation root;

  public BundleCommand(Invocation root) {
    this.root = root;
  }

  @Command(description = "Make the next bundle out of the newest; it is to be signed elsewhere.")
  int make(
      @Option(
              names = "--for",
              paramLabel = "TIME",
              defaultValue = "365d",
              description = "How long it is valid (default: ${DEFAULT-VALUE}).")
          String lifetime,
      @Option(
              names = "--add",
              paramLabel = "USE=FILE.pub",
              description = "Trust this key too: user-ca, host-ca, ledger or channel.")
          @Nullable Map<String, Path> add,
      @Option(
              names = "--remove",
              paramLabel = "FINGERPRINT",
              description = "Trust this key no longer.")
          @Nullable List<String> remove,
      @Option(
              names = "--break-glass",
              paramLabel = "FILE.pub",
              description = "This is the break-glass key from now on.")
          @Nullable Path breakGlass,
      @Option(
              names = "--witnesses",
              paramLabel = "FILE",
              description =
                  "Demand these witnesses: lines witness, group and quorum of a tlog-policy. An"
                      + " empty file demands none.")
          @Nullable Path witnesses,
      @Option(names = "--mode", paramLabel = "MODE", description = "Allow file, proof, or both.")
          @Nullable List<String> modes,
      @Option(
              names = "--when-expired",
              paramLabel = "WHAT",
              description = "What servers do after its end: keep what they have, or close.")
          @Nullable String whenExpired,
      @Option(
              names = "--from",
              paramLabel = "FILE",
              description = "The signed bundle to go on from (default: the newest of the state).")
          @Nullable Path from,
      @Option(names = "--out", paramLabel = "FILE", description = "Where to write it.")
          @Nullable Path out)
      throws Exception {
    Duration valid =
        DurationText.parse(lifetime)
            .orElseThrow(() -> new CommandRefused(ExitCode.USAGE, lifetime + "?", "as in 365d"));
    Instant until = root.surroundings().clock().instant().plus(valid);
    try {
      NextBundle change =
          new NextBundle(
              until,
              whenExpired(whenExpired),
              added(add),
              removed(remove),
              breakGlass == null ? Optional.empty() : Optional.of(publicKey(breakGlass)),
              witnesses == null ? Optional.empty() : Optional.of(policy(witnesses)),
              modes(modes));
      write(change.after(signed(from).bundle()).text(), out);
      return ExitCode.DONE;
    } catch (IllegalArgumentException e) {
      throw new CommandRefused(
          "That would be no sound bundle: " + e.getMessage() + ".",
          "see the newest: daypassd bundle show");
    }
  }

  @Command(description = "Sign a bundle with the root key; needs neither daemon nor configuration.")
  int sign(
      @Parameters(paramLabel = "FILE", description = "What make wrote.") Path file,
      @Option(names = "--root", paramLabel = "KEY", required = true, description = "The root key.")
          Path key,
      @Option(
              names = "--root-passphrase-file",
              paramLabel = "FILE",
              description = "Its passphrase, mode 0600; without it, a terminal is asked.")
          @Nullable Path passphraseFile,
      @Option(names = "--out", paramLabel = "FILE", description = "Where to write it.")
          @Nullable Path out)
      throws Exception {
    TrustBundle bundle = parse(file, TrustBundle::parse);
    write(SignedTrustBundle.sign(bundle, rootKey(key, passphraseFile)).text(), out);
    return ExitCode.DONE;
  }

  @Command(description = "Show a bundle, or the newest of the state folder.")
  int show(
      @Parameters(arity = "0..1", paramLabel = "FILE", description = "A signed bundle.")
          @Nullable Path file)
      throws Exception {
    SignedTrustBundle signed = signed(file);
    TrustBundle bundle = signed.bundle();
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.heading("Trust bundle " + bundle.number());
    terminal.facts(
        new Facts()
            .add("valid until", Spans.exact(bundle.validUntil()))
            .add("after that", bundle.whenExpired().wireName())
            .add("ledger", bundle.ledgerOrigin())
            .addAll("user CA", fingerprints(bundle.userCaKeys()))
            .addAll("host CA", fingerprints(bundle.hostCaKeys()))
            .addAll("ledger key", fingerprints(bundle.ledgerKeys()))
            .addAll("channel", fingerprints(bundle.channelKeys()))
            .add("break-glass", bundle.breakGlassKey().map(SshPublicKey::fingerprint))
            .addAll("witnesses", bundle.witnessPolicy().lines())
            .addAll("modes", bundle.modes().stream().map(ServerMode::wireName).sorted().toList())
            .add("signed by", signed.signature().publicKey().fingerprint().toString()));
    if (!signed.verifies(signed.signature().publicKey())) {
      throw new CommandRefused(
          "The signature is not that key's over this bundle.",
          "sign it again: daypassd bundle sign");
    }
    return ExitCode.DONE;
  }

  @Command(description = "Let the running daemon write a signed bundle down and serve it.")
  int publish(@Parameters(paramLabel = "FILE", description = "What sign wrote.") Path file)
      throws Exception {
    SignedTrustBundle bundle = parse(file, SignedTrustBundle::parse);
    String entry =
        OperatorCall.of(root)
            .ask(
                "compare it with the newest: daypassd bundle show", "publish-bundle", bundle.text())
            .getFirst();
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good("done:", "trust bundle " + bundle.bundle().number() + " is published");
    terminal.facts(
        new Facts()
            .add("entry", entry)
            .add("valid until", Spans.exact(bundle.bundle().validUntil())));
    terminal.remedy(2, "servers take it up at their next refresh");
    return ExitCode.DONE;
  }

  /** The newest of the state folder, unless a file is named. */
  private SignedTrustBundle signed(@Nullable Path file) throws Exception {
    return file == null
        ? new StateFolder(root.config().state()).newestBundle()
        : parse(file, SignedTrustBundle::parse);
  }

  private SshSigner rootKey(Path key, @Nullable Path passphraseFile)
      throws IOException, CommandRefused {
    Optional<char[]> passphrase = Optional.empty();
    if (passphraseFile == null && root.surroundings().secrets().isPresent()) {
      passphrase =
          root.surroundings()
              .secrets()
              .get()
              .ask("Passphrase of the root key (empty if it has none): ")
              .filter(typed -> typed.length > 0);
    } else if (passphraseFile != null) {
      passphrase = Optional.of(KeyFile.passphrase(passphraseFile));
    }
    return KeyFile.unlock(key, passphrase);
  }

  private static Map<KeyUse, List<SshPublicKey>> added(@Nullable Map<String, Path> add)
      throws IOException, CommandRefused {
    Map<KeyUse, List<SshPublicKey>> added = new EnumMap<>(KeyUse.class);
    if (add != null) {
      for (Map.Entry<String, Path> one : add.entrySet()) {
        KeyUse use =
            Arrays.stream(KeyUse.values())
                .filter(known -> known.keyName().equals(one.getKey()) && known != KeyUse.ROOT)
                .findFirst()
                .orElseThrow(() ->
                    new CommandRefused(
                        ExitCode.USAGE,
                        one.getKey() + " is no use of a key.",
                        "user-ca, host-ca, ledger or channel"));
        added.computeIfAbsent(use, _ -> new ArrayList<>()).add(publicKey(one.getValue()));
      }
    }
    return added;
  }

  private static Set<Fingerprint> removed(@Nullable List<String> remove) throws CommandRefused {
    Set<Fingerprint> removed = new HashSet<>();
    for (String text : remove == null ? List.<String>of() : remove) {
      try {
        removed.add(Fingerprint.parse(text));
      } catch (SshFormatException e) {
        throw new CommandRefused(ExitCode.USAGE, text + " is no fingerprint.", "as in SHA256:…");
      }
    }
    return removed;
  }

  private static Optional<WhenExpired> whenExpired(@Nullable String word) throws CommandRefused {
    Optional<WhenExpired> known = Optional.ofNullable(word).flatMap(WhenExpired::ofWireName);
    if (word != null && known.isEmpty()) {
      throw new CommandRefused(ExitCode.USAGE, word + "?", "keep or close");
    }
    return known;
  }

  private static Set<ServerMode> modes(@Nullable List<String> words) throws CommandRefused {
    Set<ServerMode> modes = new HashSet<>();
    for (String word : words == null ? List.<String>of() : words) {
      modes.add(
          ServerMode.ofWireName(word)
              .orElseThrow(() ->
                  new CommandRefused(ExitCode.USAGE, word + " is no mode.", "file or proof")));
    }
    return modes;
  }

  private static SshPublicKey publicKey(Path file) throws IOException, CommandRefused {
    try {
      return SshPublicKey.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (SshFormatException e) {
      throw new CommandRefused(
          file + " is no public key: " + e.getMessage(), "name the .pub file of the key");
    }
  }

  /** The lines of a C2SP tlog-policy, without comments; the ledger's own key stands elsewhere. */
  private static WitnessPolicy policy(Path file) throws IOException {
    return new WitnessPolicy(
        Files.readAllLines(file, StandardCharsets.UTF_8).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList());
  }

  private static List<Fingerprint> fingerprints(List<SshPublicKey> keys) {
    return keys.stream().map(SshPublicKey::fingerprint).toList();
  }

  /** To the file, which must not be there, or to standard output. */
  private void write(String text, @Nullable Path out) throws IOException {
    if (out == null) {
      root.surroundings().out().print(text);
    } else {
      Files.writeString(out, text, StandardOpenOption.CREATE_NEW);
    }
  }

  private static <T> T parse(Path file, Parsing<T> parsing) throws IOException, CommandRefused {
    try {
      return parsing.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (BundleFormatException e) {
      throw new CommandRefused(
          file + " is not such a bundle: " + e.getMessage(),
          "make writes what sign reads, sign what show and publish read");
    }
  }

  @FunctionalInterface
  private interface Parsing<T> {
    T parse(String text) throws BundleFormatException;
  }
}
