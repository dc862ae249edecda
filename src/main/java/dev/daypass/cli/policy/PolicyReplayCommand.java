package dev.daypass.cli.policy;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Spans;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.identity.ProviderConfig;
import dev.daypass.config.policy.PolicyFile;
import dev.daypass.issuance.replay.Difference;
import dev.daypass.issuance.replay.PolicyReplay;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.read.PastEntries;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.policy.DurationText;
import dev.daypass.policy.Policy;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd policy replay}: a proposed policy over what was really asked. */
@Command(
    name = "replay",
    description = {
      "Decide again what was granted and refused, by the policy in force and by another one:",
      "who would gain, who would lose. Exit code 0 if nobody, 2 if somebody. Changes nothing."
    })
public final class PolicyReplayCommand implements Callable<Integer> {
  private final Invocation root;

  @Option(
      names = "--against",
      required = true,
      paramLabel = "FILE",
      description = "The proposed policy.yaml.")
  private Path against = Path.of("");

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      description = "How far to look back, such as 7d (default: 30d).")
  private String last = "30d";

  public PolicyReplayCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    Duration back =
        DurationText.parse(last)
            .orElseThrow(() ->
                new CommandRefused(ExitCode.USAGE, "--last is no duration", "write it as 30d"));
    DaypassConfig config = root.config();
    Set<String> providers = config.identity().keySet();
    Policy inForce = PolicyFile.read(config.policy(), providers).policy();
    Policy proposed = PolicyFile.read(against, providers).policy();
    Instant since = root.surroundings().clock().instant().minus(back);
    try (SqliteDatabase database = SqliteDatabase.openForReading(config.store().sqlite())) {
      PastEntries entries = new PastEntries(new SqliteLedgerReader(database));
      Map<HostName, Host> hosts = hosts(config, entries);
      PolicyReplay replay =
          new PolicyReplay(
              inForce,
              proposed,
              name -> Optional.ofNullable(hosts.get(name)),
              primary(config)::contains);
      for (EntryKind kind : List.of(EntryKind.CERTIFICATE_GRANTED, EntryKind.REQUESTS_REFUSED)) {
        entries.since(since, kind, (_, at, details) -> replay.take(at, kind, details));
      }
      PolicyReplay.Report report = replay.report();
      print(report, back);
      return report.differences().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    } catch (StoreFailed e) {
      throw new CommandRefused(
          String.valueOf(e.getMessage()), "name the right --state, and run this as its owner");
    }
  }

  private static Set<String> primary(DaypassConfig config) {
    return config.identity().values().stream()
        .filter(ProviderConfig::primary)
        .map(ProviderConfig::name)
        .collect(Collectors.toSet());
  }

  /** Every server with its newest labels; one that left is known by those that it had. */
  private static Map<HostName, Host> hosts(DaypassConfig config, PastEntries entries)
      throws StoreFailed {
    Map<HostName, Host> hosts = new HashMap<>();
    for (EntryKind kind : List.of(EntryKind.HOST_CHANGED, EntryKind.HOST_JOINED)) {
      entries.since(
          Instant.MIN,
          kind,
          (_, _, details) ->
              details
                  .text("host")
                  .flatMap(HostName::parse)
                  .ifPresent(name -> hosts.putIfAbsent(name, new Host(name, labels(details)))));
    }
    config.hosts().known().forEach(host -> hosts.putIfAbsent(host.name(), host));
    return hosts;
  }

  private static Map<String, String> labels(JsonObject details) {
    Map<String, String> labels = new HashMap<>();
    details
        .object("labels")
        .ifPresent(all ->
            all.members()
                .forEach((name, value) -> {
                  if (value instanceof JsonText(String text)) {
                    labels.put(name, text);
                  }
                }));
    return labels;
  }

  private void print(PolicyReplay.Report report, Duration back) {
    Terminal terminal = Terminal.out(root.surroundings());
    String replayed =
        "%s and %s of the last %s decided again"
            .formatted(
                counted(report.grants(), "grant"),
                counted(report.refusals(), "refusal"),
                Spans.words(back));
    if (report.differences().isEmpty()) {
      terminal.good("no difference:", replayed);
    } else {
      terminal.bad("different:", replayed);
    }
    int width = report.differences().stream().mapToInt(one -> one.who().length()).max().orElse(0);
    for (Difference one : report.differences()) {
      terminal.say("  " + line(one, width));
      one.words().forEach(word -> terminal.remedy(11, word));
    }
    if (report.undecided() > 0) {
      terminal.note(
          counted(report.undecided(), "request"),
          "not decided again: erased, of a server that is gone, or the policy in force would not"
              + " grant it now from what was written down (claims are not)");
    }
  }

  private static String line(Difference one, int width) {
    String effect =
        switch (one.effect()) {
          case GAINS -> "gains  ";
          case LOSES -> "loses  ";
          case DIFFERS -> "differs";
        };
    String who = one.who() + " ".repeat(width - one.who().length());
    String asked = one.times() == 0 ? "never asked for" : "asked for " + times(one.times());
    return effect + "  " + who + "  " + one.what() + "  (" + asked + ")";
  }

  private static String times(long times) {
    return times == 1 ? "once" : times + " times";
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
