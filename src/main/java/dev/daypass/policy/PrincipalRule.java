package dev.daypass.policy;

import dev.daypass.cert.Principal;
import dev.daypass.identity.Account;
import dev.daypass.identity.Identity;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.refusal.Reasons;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.role.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The principals of a role's certificate (DESIGN section 5, "Principals"): {@code daypass:ROLE},
 * {@code @HOST} for each host that the request names, bare for fixed accounts, {@code +ACCOUNT} for
 * the person's own. Nothing is trimmed: what does not fit refuses (CASES 2, 12, 15, 16).
 */
final class PrincipalRule {

  static final String PREFIX = "daypass:";
  static final int MAX_PRINCIPALS = 32;
  static final int MAX_BYTES = 255;

  private PrincipalRule() {}

  /**
   * @param reserved the accounts that any role names: nobody's own
   */
  static List<Principal> principals(
      Role role, Identity identity, List<Host> hosts, Set<Account> reserved, Reasons reasons) {
    checkHosts(role, hosts, reasons);
    List<Principal> principals =
        role.opening().principals().isEmpty()
            ? own(role, identity, hosts, reserved, reasons)
            : role.opening().principals();
    if (principals.size() > MAX_PRINCIPALS) {
      reasons.add(
          RefusalCode.TOO_MANY_PRINCIPALS,
          "That takes " + principals.size() + " principals; a certificate holds " + MAX_PRINCIPALS,
          "Name fewer hosts.");
    }
    for (Principal principal : principals) {
      // ASCII only, by the grammars of ROLE, HOST and ACCOUNT: characters are bytes.
      if (principal.name().length() > MAX_BYTES) {
        reasons.add(
            RefusalCode.PRINCIPAL_TOO_LONG,
            "A principal would be longer than " + MAX_BYTES + " bytes.",
            "Leave the host with the longest name out.");
      }
    }
    return principals;
  }

  private static void checkHosts(Role role, List<Host> hosts, Reasons reasons) {
    if (!hosts.isEmpty() && !role.opening().principals().isEmpty()) {
      reasons.add(
          RefusalCode.HOSTS_NOT_SUPPORTED,
          "This role sets its principals itself and cannot be narrowed to hosts.",
          "Leave the hosts out.");
      return;
    }
    for (Host host : hosts) {
      if (!role.hosts().selects(host)) {
        reasons.add(
            RefusalCode.HOST_NOT_IN_ROLE,
            "The role " + role.name() + " does not open " + host.name() + ".",
            "Leave that host out, or ask for a role that opens it.");
      }
    }
  }

  private static List<Principal> own(
      Role role, Identity identity, List<Host> hosts, Set<Account> reserved, Reasons reasons) {
    Optional<Account> account =
        role.opening().self() ? account(identity, reserved, reasons) : Optional.empty();
    List<String> places =
        hosts.isEmpty()
            ? List.of(PREFIX + role.name())
            : hosts.stream().map(host -> PREFIX + role.name() + "@" + host.name()).toList();
    List<Principal> principals = new ArrayList<>();
    for (String place : places) {
      if (!role.opening().accounts().isEmpty()) {
        principals.add(new Principal(place));
      }
      account.ifPresent(own -> principals.add(new Principal(place + "+" + own)));
    }
    return principals;
  }

  private static Optional<Account> account(
      Identity identity, Set<Account> reserved, Reasons reasons) {
    if (identity.account().isEmpty()) {
      reasons.add(
          RefusalCode.ACCOUNT_MISSING,
          "This role opens your own account, and your identity provider names none for you.",
          "Ask an operator to set account: for your identity provider.");
    } else if (reserved.contains(identity.account().get())) {
      reasons.add(
          RefusalCode.ACCOUNT_RESERVED,
          "Your account " + identity.account().get() + " is one that a role opens by name.",
          "Ask an operator for an account of your own.");
      return Optional.empty();
    }
    return identity.account();
  }
}
