package dev.daypass.policy;

import dev.daypass.identity.Account;
import dev.daypass.identity.Email;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityKind;
import dev.daypass.policy.condition.ConditionInput;
import dev.daypass.policy.condition.Memberships;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.refusal.RefusalReason;
import dev.daypass.policy.role.Eligibility;
import dev.daypass.policy.role.Role;
import dev.daypass.policy.role.RoleName;
import dev.daypass.policy.role.Rules;
import dev.daypass.ssh.Bytes;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A policy that loaded: roles, duties and groups, all checked (DESIGN section 5). */
public final class Policy {

  private final Bytes hash;
  private final SortedMap<RoleName, Role> roles;
  private final Map<DutyName, Rules> duties;
  private final Map<String, Set<Email>> groups;
  private final Set<Account> reserved;

  /**
   * @param hash the SHA-256 of the canonical bytes that it was read from
   * @param groups members by verified e-mail, for identity providers whose tokens carry no groups
   */
  public Policy(
      Bytes hash,
      Map<RoleName, Role> roles,
      Map<DutyName, Rules> duties,
      Map<String, Set<Email>> groups) {
    this.hash = hash;
    this.roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
    this.duties = Map.copyOf(duties);
    this.groups = Map.copyOf(groups);
    Set<Account> named = new HashSet<>(Set.of(new Account("root")));
    roles.values().forEach(role -> named.addAll(role.opening().accounts()));
    this.reserved = Set.copyOf(named);
  }

  /** The SHA-256 of the canonical bytes that this policy was read from. */
  public Bytes hash() {
    return hash;
  }

  public SortedMap<RoleName, Role> roles() {
    return roles;
  }

  Map<DutyName, Rules> duties() {
    return duties;
  }

  Map<String, Set<Email>> groups() {
    return groups;
  }

  /** Every account that a role opens by name, and root: nobody's own. */
  public Set<Account> reserved() {
    return reserved;
  }

  /** Decides a request: a pure function. Deny wins, and what no rule allows is refused. */
  public Decision decide(Identity identity, AccessRequest request, Instant now) {
    Role role = roles.get(request.role());
    if (role == null) {
      return new Decision.Refused(
          List.of(
              new RefusalReason(
                  RefusalCode.ROLE_UNKNOWN,
                  "There is no role " + request.role() + ".",
                  "See the roles you may hold: daypass status.")));
    }
    return decision(role, identity).decide(request, now);
  }

  /** Every role as this identity sees it now, by name. */
  public List<RoleView> rolesFor(Identity identity, Instant now) {
    return roles.values().stream().map(role -> decision(role, identity).view(now)).toList();
  }

  /** What speaks against a grant that was written down while this policy was in force. */
  public List<String> objections(PastGrant grant) {
    return PastGrantReview.objections(
        Optional.ofNullable(roles.get(grant.role())),
        memberships(grant.identity()),
        reserved,
        grant);
  }

  /** Whether a person of the primary issuer may do this in daypass itself. */
  public boolean hasDuty(Identity identity, DutyName duty, Instant now) {
    Rules rules = duties.get(duty);
    if (rules == null || Eligibility.PERSON.refusal(identity).isPresent()) {
      return false;
    }
    return RuleOutcome.of(rules, ConditionInput.forDuty(identity, memberships(identity), now))
        .grants();
  }

  /** The identity's own groups and those that policy lists it in, by its verified e-mail. */
  public Set<String> groupsOf(Identity identity) {
    return new TreeSet<>(memberships(identity).exact());
  }

  private Memberships memberships(Identity identity) {
    if (groups.isEmpty() || identity.kind() != IdentityKind.PERSON) {
      return Memberships.of(identity.groups());
    }
    Set<String> exact = new TreeSet<>(identity.groups());
    Set<String> ignoringCase = new TreeSet<>(identity.groups());
    for (Email email : identity.verifiedEmail().stream().toList()) {
      groups.forEach((group, members) -> {
        if (members.contains(email)) {
          exact.add(group);
        }
        if (members.stream().anyMatch(m -> m.toString().equalsIgnoreCase(email.toString()))) {
          ignoringCase.add(group);
        }
      });
    }
    return new Memberships(exact, ignoringCase);
  }

  private RoleDecision decision(Role role, Identity identity) {
    return new RoleDecision(role, identity, memberships(identity), reserved);
  }
}
