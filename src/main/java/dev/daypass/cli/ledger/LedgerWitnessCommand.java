package dev.daypass.cli.ledger;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.custody.KeyFile;
import dev.daypass.custody.WitnessFolder;
import dev.daypass.ledger.witness.Witness;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.web.WitnessServer;
import dev.daypass.web.tls.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code daypassd ledger witness}: cosigns the checkpoints of other ledgers (C2SP tlog-witness).
 */
@Command(
    name = "witness",
    description = {
      "Be a witness: cosign the checkpoints of other ledgers, each only if it continues what was",
      "cosigned before. Runs until it is stopped."
    })
public final class LedgerWitnessCommand implements Callable<Integer> {
  private final Invocation root;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "The witness's name in its cosignatures, such as witness.example.com/w1.")
  private String name = "";

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description =
          "An Ed25519 key of the witness's own, by ssh-keygen -t ed25519 -N '', mode 0600.")
  private Path key = Path.of("");

  @Option(
      names = "--log",
      required = true,
      paramLabel = "VKEY",
      description = "A ledger to witness, by its vkey: name+ID+key. May be given again.")
  private List<String> logs = List.of();

  @Option(
      names = "--memory",
      required = true,
      paramLabel = "DIR",
      description =
          "What was cosigned last, a file for each ledger. Never restore it from a backup.")
  private Path memory = Path.of("");

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      description = "Where it listens (default: ${DEFAULT-VALUE}).",
      defaultValue = "127.0.0.1:8480")
  private String listen = "";

  @Option(names = "--tls-certificate", paramLabel = "FILE", description = "PEM; with --tls-key.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM; with --tls-certificate.")
  private @Nullable Path tlsKey;

  public LedgerWitnessCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    SshSigner signer = KeyFile.read(key, Optional.empty());
    if (!(signer.publicKey() instanceof Ed25519PublicKey) || name.isBlank()) {
      throw new CommandRefused(
          ExitCode.USAGE, key + " is no Ed25519 key", "make one: ssh-keygen -t ed25519");
    }
    Witness witness =
        new Witness(name, signer, keys(), WitnessFolder.open(memory), root.surroundings().clock());
    try (WitnessServer server =
        WitnessServer.start(witness, address(), tls(), new SecureRandom())) {
      Terminal terminal = Terminal.out(root.surroundings());
      terminal.good("witness:", "listening on port " + server.port());
      terminal.facts(new Facts().add("vkey", witness.key().vkey()).addAll("ledgers", logs));
      // Stopped by a signal, which ends the process.
      new CountDownLatch(1).await();
    }
    return ExitCode.DONE;
  }

  private List<NoteKey> keys() throws CommandRefused {
    List<NoteKey> keys = new ArrayList<>();
    for (String vkey : logs) {
      try {
        NoteKey parsed = NoteKey.parse(vkey);
        if (parsed.algorithm() != NoteKey.Algorithm.ED25519) {
          throw new CommandRefused(
              ExitCode.USAGE, vkey + " is the key of a witness", "name the ledger's own key");
        }
        keys.add(parsed);
      } catch (TlogFormatException e) {
        throw new CommandRefused(
            ExitCode.USAGE,
            vkey + " is no vkey: " + e.getMessage(),
            "the ledger's operator knows it: c2sp.org/signed-note");
      }
    }
    return keys;
  }

  private InetSocketAddress address() throws CommandRefused, IOException {
    int colon = listen.lastIndexOf(':');
    String port = listen.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new CommandRefused(
          ExitCode.USAGE, listen + " is no address and port", "write it like 0.0.0.0:8480");
    }
    String host = listen.substring(0, colon).replaceAll("[\\[\\]]", "");
    return new InetSocketAddress(InetAddress.ofLiteral(host), Integer.parseInt(port));
  }

  private Optional<Transport.Tls> tls() throws CommandRefused {
    if ((certificate == null) != (tlsKey == null)) {
      throw new CommandRefused(
          ExitCode.USAGE, "TLS needs a certificate and its key", "give both, or neither");
    }
    return certificate == null || tlsKey == null
        ? Optional.empty()
        : Optional.of(new Transport.Tls(certificate, tlsKey));
  }
}
