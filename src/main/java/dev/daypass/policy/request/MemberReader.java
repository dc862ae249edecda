package dev.daypass.policy.request;

import dev.daypass.policy.DurationText;
import dev.daypass.policy.PlainText;
import dev.daypass.policy.Restriction;
import dev.daypass.policy.address.Cidr;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.refusal.RefusalReason;
import dev.daypass.policy.role.Extension;
import dev.daypass.policy.role.RoleName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads a request's members by their grammars and collects what is wrong. One per request. */
final class MemberReader {

  static final int MAX_HOSTS = 32;
  static final int MAX_RANGES = 32;
  static final int MAX_REASON_LENGTH = 500;
  static final int MAX_COMMAND_LENGTH = 1000;

  /** RFC 3339 in UTC and whole seconds: a part of a second would be dropped in silence. */
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");

  private final List<RefusalReason> refusals = new ArrayList<>();

  List<RefusalReason> refusals() {
    return List.copyOf(refusals);
  }

  Optional<RoleName> role(String text) {
    Optional<RoleName> role = RoleName.parse(text);
    if (role.isEmpty()) {
      refuse(
          RefusalCode.ROLE_MALFORMED,
          "That is no role name.",
          "A role name is lower-case letters, digits and hyphens, such as prod-db-debug.");
    }
    return role;
  }

  Optional<Duration> ttl(String text) {
    Optional<Duration> ttl = DurationText.parse(text).filter(Duration::isPositive);
    if (ttl.isEmpty()) {
      refuse(RefusalCode.TTL_MALFORMED, "That is no ttl.", "Ask for a ttl like 30m or 1h30m.");
    }
    return ttl;
  }

  Optional<Instant> validAfter(String text) {
    if (TIME.matcher(text).matches()) {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeException _) {
        // Such as month 13: refused like any other text that is no time.
      }
    }
    refuse(
        RefusalCode.VALID_AFTER_MALFORMED,
        "valid_after is no time.",
        "Write it in UTC and whole seconds: 2026-11-21T01:13:00Z.");
    return Optional.empty();
  }

  Optional<String> reason(String text) {
    if (PlainText.fits(text, MAX_REASON_LENGTH)) {
      return Optional.of(text);
    }
    refuse(
        RefusalCode.REASON_MALFORMED,
        "The reason is empty, too long, or holds characters that cannot be shown.",
        "Give one line of plain text, at most " + MAX_REASON_LENGTH + " characters.");
    return Optional.empty();
  }

  List<HostName> hosts(List<String> texts) {
    if (texts.isEmpty()) {
      refuse(
          RefusalCode.PRINCIPALS_EMPTY,
          "The list of hosts is empty, which would leave no principal.",
          "Leave hosts out to ask for all of the role's.");
    }
    if (texts.size() > MAX_HOSTS) {
      refuse(
          RefusalCode.TOO_MANY_PRINCIPALS,
          texts.size() + " hosts are named; a certificate holds " + MAX_HOSTS + " principals.",
          "Name fewer hosts.");
      return List.of();
    }
    List<HostName> names = new ArrayList<>();
    for (String text : texts) {
      HostName.parse(text)
          .ifPresentOrElse(
              names::add,
              () ->
                  refuse(
                      RefusalCode.HOST_MALFORMED,
                      "A host is no DNS name in lower case.",
                      "Name the host as the servers' list does, such as db-1.example.com."));
    }
    if (new HashSet<>(names).size() < names.size()) {
      refuse(RefusalCode.HOST_REPEATED, "A host is named twice.", "Name each host once.");
    }
    return names;
  }

  List<Host> known(List<HostName> names, Function<HostName, Optional<Host>> directory) {
    List<Host> hosts = new ArrayList<>();
    for (HostName name : names) {
      directory
          .apply(name)
          .ifPresentOrElse(
              hosts::add,
              () ->
                  refuse(
                      RefusalCode.HOST_UNKNOWN,
                      "No server " + name + " is known here.",
                      "Check the name, or have the server join."));
    }
    return hosts;
  }

  Restriction restriction(RawRequest raw) {
    return new Restriction(
        raw.sourceAddress().map(this::ranges).orElse(List.of()),
        raw.forceCommand().flatMap(this::command),
        raw.without().map(this::extensions).orElse(Set.of()));
  }

  private List<Cidr> ranges(List<String> texts) {
    List<Cidr> ranges = texts.stream().map(Cidr::parse).flatMap(Optional::stream).toList();
    if (ranges.isEmpty() || ranges.size() < texts.size() || ranges.size() > MAX_RANGES) {
      refuse(
          RefusalCode.SOURCE_ADDRESS_MALFORMED,
          "source_address is no list of address ranges.",
          "Name 1 to " + MAX_RANGES + " ranges without host bits, such as 10.1.0.0/16.");
    }
    return ranges.stream().distinct().toList();
  }

  private Optional<String> command(String text) {
    if (PlainText.fits(text, MAX_COMMAND_LENGTH)) {
      return Optional.of(text);
    }
    refuse(
        RefusalCode.FORCE_COMMAND_MALFORMED,
        "force_command is empty, too long, or holds control characters.",
        "Give one line of plain text, at most " + MAX_COMMAND_LENGTH + " characters.");
    return Optional.empty();
  }

  private Set<Extension> extensions(List<String> texts) {
    Set<Extension> extensions = EnumSet.noneOf(Extension.class);
    for (String text : texts) {
      Extension.parse(text).ifPresent(extensions::add);
    }
    // Once, however often it is wrong: each reason is written into the ledger.
    if (texts.stream().anyMatch(text -> Extension.parse(text).isEmpty())) {
      refuse(
          RefusalCode.EXTENSION_UNKNOWN,
          "without names something that is no extension.",
          "Name extensions such as permit-pty.");
    }
    return extensions;
  }

  private void refuse(RefusalCode code, String detail, String remedy) {
    refusals.add(new RefusalReason(code, detail, remedy));
  }
}
