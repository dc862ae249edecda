package dev.daypass.cli;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.policy.PolicyFile;
import dev.daypass.config.yaml.NearestWord;
import dev.daypass.identity.Identity;
import dev.daypass.policy.Decision;
import dev.daypass.policy.Policy;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.request.RawRequest;
import dev.daypass.policy.request.RequestReader;
import dev.daypass.policy.request.RequestReading;
import dev.daypass.policy.role.RoleName;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd explain}: what policy would decide, and why. */
@Command(name = "explain", description = "Say what policy would decide, by which rule, and why.")
final class ExplainCommand implements Callable<Integer> {
  private final Daypassd root;

  @Option(names = "--as", required = true, paramLabel = "USERNAME", description = "Who asks.")
  private String as = "";

  @Option(
      names = "--groups",
      split = ",",
      paramLabel = "GROUP",
      description = "The groups that the provider says, separated by commas.")
  private Set<String> groups = Set.of();

  @Option(names = "--role", required = true, paramLabel = "ROLE", description = "What for.")
  private String role = "";

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "Whose identity it is (default: the primary provider's).")
  private Optional<String> provider = Optional.empty();

  @Option(names = "--claim", paramLabel = "NAME=VALUE", description = "A claim of the token.")
  private Map<String, String> claims = Map.of();

  @Option(names = "--at", paramLabel = "TIME", description = "When, such as 2026-11-21T09:00:00Z.")
  private Optional<String> at = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", description = "The reason given.")
  private Optional<String> reason = Optional.empty();

  @Option(names = "--host", paramLabel = "HOST", description = "A server that is named.")
  private List<String> hosts = List.of();

  @Option(names = "--ttl", paramLabel = "DURATION", description = "How long, such as 30m.")
  private Optional<String> ttl = Optional.empty();

  @Option(names = "--from", paramLabel = "ADDRESS", description = "Where the request comes from.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "KEY.pub",
      description = "The key to be certified (default: some Ed25519 key).")
  private Optional<Path> key = Optional.empty();

  ExplainCommand(Daypassd root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    Instant now = moment();
    Optional<IpAddress> address = address();
    DaypassConfig config = root.config();
    Policy policy = PolicyFile.read(config.policy(), config.identity().keySet()).policy();
    requireKnown(policy);
    Identity identity = new Asker(config).identity(as, provider, groups, claims, now);
    Decision decision = decide(config, policy, identity, address, now);
    return new Explanation(identity, role, now, config)
        .print(decision, Terminal.out(root.surroundings()));
  }

  private Decision decide(
      DaypassConfig config,
      Policy policy,
      Identity identity,
      Optional<IpAddress> address,
      Instant now)
      throws CommandRefused {
    RawRequest raw =
        new RawRequest(
            role,
            ttl,
            Optional.empty(),
            reason,
            hosts.isEmpty() ? Optional.empty() : Optional.of(hosts),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    List<Host> known = config.hosts().known();
    RequestReader reader =
        new RequestReader(
            name -> known.stream().filter(host -> host.name().equals(name)).findFirst());
    return switch (reader.read(raw, publicKey(), address)) {
      case RequestReading.Read(var request) -> policy.decide(identity, request, now);
      case RequestReading.Unreadable(var refusal) -> refusal;
    };
  }

  private void requireKnown(Policy policy) throws CommandRefused {
    List<String> names = policy.roles().keySet().stream().map(RoleName::toString).toList();
    if (!names.contains(role)) {
      String known = "known: " + String.join(", ", names);
      throw new CommandRefused(
          "no role is named " + role,
          NearestWord.to(role, names)
              .map(near -> "did you mean " + near + "? " + known)
              .orElse(known));
    }
  }

  private Instant moment() throws CommandRefused {
    if (at.isEmpty()) {
      return root.surroundings().clock().instant();
    }
    try {
      return Instant.parse(at.get());
    } catch (DateTimeParseException _) {
      throw new CommandRefused(
          ExitCode.USAGE, "--at is no time", "write it as 2026-11-21T09:00:00Z");
    }
  }

  private Optional<IpAddress> address() throws CommandRefused {
    Optional<IpAddress> address = from.flatMap(IpAddress::parse);
    if (from.isPresent() && address.isEmpty()) {
      throw new CommandRefused(ExitCode.USAGE, "--from is no address", "write it as 10.1.2.3");
    }
    return address;
  }

  private SshPublicKey publicKey() throws CommandRefused {
    if (key.isEmpty()) {
      return OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
    }
    try {
      return SshPublicKey.parse(Files.readString(key.get()).strip());
    } catch (IOException | SshFormatException _) {
      throw new CommandRefused(
          key.get() + " is no public key", "name a .pub file that ssh-keygen made");
    }
  }
}
