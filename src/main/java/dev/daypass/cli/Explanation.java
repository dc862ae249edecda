package dev.daypass.cli;

import dev.daypass.cert.CertificateOptions;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Spans;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.DaypassConfig;
import dev.daypass.identity.Identity;
import dev.daypass.policy.Decision;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.refusal.RefusalReason;
import dev.daypass.policy.role.Role;
import dev.daypass.policy.role.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A decision in words. */
final class Explanation {
  private final Identity identity;
  private final String role;
  private final Instant now;
  private final DaypassConfig config;

  Explanation(Identity identity, String role, Instant now, DaypassConfig config) {
    this.identity = identity;
    this.role = role;
    this.now = now;
    this.config = config;
  }

  /** Answers the exit code. */
  int print(Decision decision, Terminal terminal) {
    return switch (decision) {
      case Decision.Granted granted -> granted(granted, terminal);
      case Decision.Refused refused -> refused(refused, terminal);
      case Decision.NeedsApproval(String hint) -> {
        terminal.bad("needs approval:", identity.username() + " asked for " + role);
        terminal.remedy(2, hint);
        yield ExitCode.REFUSED;
      }
    };
  }

  private int granted(Decision.Granted granted, Terminal terminal) {
    terminal.good("granted:", identity.username() + " may hold " + role);
    Duration life = Duration.between(now, granted.window().validBefore());
    Facts facts =
        new Facts()
            .add("by", granted.rule())
            .add("when", condition(granted))
            .add(
                "until", Spans.exact(granted.window().validBefore()) + ", for " + Spans.words(life))
            .add("key ID", granted.keyId().toString())
            .addAll("principals", granted.principals())
            .addAll("servers", servers(granted))
            .addAll("options", options(granted.criticalOptions()))
            .addAll("extensions", options(granted.extensions()))
            .addAll("groups given", identity.groups().stream().sorted().toList());
    terminal.facts(facts);
    granted
        .failures()
        .forEach(failure -> terminal.note(failure.rule(), "no match: " + failure.message()));
    return ExitCode.DONE;
  }

  private int refused(Decision.Refused refused, Terminal terminal) {
    terminal.bad("refused:", identity.username() + " may not hold " + role);
    terminal.facts(
        new Facts()
            .add("at", Spans.exact(now))
            .addAll("groups given", identity.groups().stream().sorted().toList()));
    int width =
        refused.reasons().stream().mapToInt(r -> r.code().toString().length()).max().orElse(0);
    for (RefusalReason reason : refused.reasons()) {
      String code = reason.code().toString();
      terminal.blank();
      terminal.say("  " + code + " ".repeat(width - code.length() + 2) + reason.detail());
      if (!reason.remedy().isEmpty()) {
        terminal.remedy(2 + width + 2, reason.remedy());
      }
    }
    return ExitCode.REFUSED;
  }

  private static String condition(Decision.Granted granted) {
    return granted.role().rules().allow().stream()
        .filter(rule -> rule.path().equals(granted.rule()))
        .map(Rule::when)
        .map(when -> when.source().strip())
        .findFirst()
        .orElse("");
  }

  /** The servers that the request named, else those of the role that are known by name. */
  private List<String> servers(Decision.Granted granted) {
    if (!granted.hosts().isEmpty()) {
      return granted.hosts().stream().map(host -> host.name().toString()).toList();
    }
    Role held = granted.role();
    return config.hosts().known().stream()
        .filter(host -> held.hosts().selects(host))
        .map(Host::name)
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private static List<String> options(CertificateOptions options) {
    return options.names().stream()
        .map(name -> options.textValue(name).map(value -> name + " " + value).orElse(name))
        .toList();
  }
}
