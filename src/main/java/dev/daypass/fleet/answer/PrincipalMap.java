package dev.daypass.fleet.answer;

import dev.daypass.identity.Account;
import dev.daypass.policy.Policy;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.Label;
import dev.daypass.policy.role.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which principals open which local account of one server (DESIGN section 5, "Principals"): what
 * policy's roles say whose labels the server carries.
 *
 * <pre>
 * daypass-principals-v1
 * host db-1.prod.example.com
 * version 1234
 * made 2026-11-21T14:00:00Z
 * valid-until 2026-11-22T14:00:00Z
 * label env=prod
 * account db-debug daypass:prod-db-debug daypass:prod-db-debug@db-1.prod.example.com
 * grace db-debug 0s
 * grace self 300s
 * named root
 * self daypass:linux-login daypass:linux-login@db-1.prod.example.com
 * </pre>
 *
 * <p>A role that sets its principals itself is for servers that nobody can join, and is in no map.
 *
 * @param accounts the principals of each account that a role opens by name
 * @param grace how long a session of that account may outlive its certificate: the longest that one
 *     of its roles allows
 * @param named every account that any role names, here or elsewhere, and root: nobody's own
 * @param selfGrace the same for accounts that are a person's own; no line where it is zero
 * @param self what the server appends {@code +ACCOUNT} to, for every account that is a person's own
 */
public record PrincipalMap(
    Host host,
    SortedMap<Account, SortedSet<String>> accounts,
    SortedMap<Account, Duration> grace,
    Duration selfGrace,
    SortedSet<Account> named,
    SortedSet<String> self) {
  private static final String FIRST_LINE = "daypass-principals-v1";
  private static final String PREFIX = "daypass:";

  public PrincipalMap {
    accounts = Collections.unmodifiableSortedMap(new TreeMap<>(accounts));
    grace = Collections.unmodifiableSortedMap(new TreeMap<>(grace));
    named = Collections.unmodifiableSortedSet(new TreeSet<>(named));
    self = Collections.unmodifiableSortedSet(new TreeSet<>(self));
  }

  /** The map of that server under this policy: a pure function. */
  public static PrincipalMap of(Policy policy, Host host) {
    SortedMap<Account, SortedSet<String>> accounts = new TreeMap<>();
    SortedMap<Account, Duration> grace = new TreeMap<>();
    SortedSet<String> self = new TreeSet<>();
    Duration selfGrace = Duration.ZERO;
    for (Role role : policy.roles().values()) {
      if (role.hosts().selects(host) && role.opening().principals().isEmpty()) {
        List<String> principals = principals(role, host);
        Duration roleGrace = role.sessionGrace().orElse(Duration.ZERO);
        for (Account account : role.opening().accounts()) {
          accounts.computeIfAbsent(account, _ -> new TreeSet<>()).addAll(principals);
          grace.merge(account, roleGrace, PrincipalMap::longer);
        }
        if (role.opening().self()) {
          self.addAll(principals);
          selfGrace = longer(selfGrace, roleGrace);
        }
      }
    }
    return new PrincipalMap(
        host, accounts, grace, selfGrace, new TreeSet<>(policy.reserved()), self);
  }

  /**
   * The text that is signed.
   *
   * @param version rises: the size of the ledger when it was made
   */
  String text(long version, Instant made, Instant validUntil) {
    List<String> lines = new ArrayList<>(List.of(FIRST_LINE));
    lines.add("host " + host.name());
    lines.add("version " + version);
    lines.add("made " + made.truncatedTo(ChronoUnit.SECONDS));
    lines.add("valid-until " + validUntil.truncatedTo(ChronoUnit.SECONDS));
    Label.texts(host.labels()).forEach(label -> lines.add("label " + label));
    accounts.forEach((account, principals) ->
        lines.add("account " + account + " " + String.join(" ", principals)));
    grace.forEach((account, time) -> lines.add("grace " + account + " " + time.toSeconds() + "s"));
    if (selfGrace.isPositive()) {
      lines.add("grace self " + selfGrace.toSeconds() + "s");
    }
    named.forEach(account -> lines.add("named " + account));
    if (!self.isEmpty()) {
      lines.add("self " + String.join(" ", self));
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<String> principals(Role role, Host host) {
    String everywhere = PREFIX + role.name();
    return List.of(everywhere, everywhere + "@" + host.name());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
