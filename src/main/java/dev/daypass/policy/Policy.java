package dev.daypass.policy;

import dev.daypass.identity.Email;
import dev.daypass.identity.Identity;
import dev.daypass.ssh.Bytes;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A policy that loaded: roles, duties and groups, all checked (DESIGN section 5). */
public final class Policy {

  private final Bytes hash;
  private final SortedMap<RoleName, Role> roles;
  private final Map<DutyName, Rules> duties;
  private final Map<String, Set<Email>> groups;

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
  }

  /** The SHA-256 of the canonical bytes that this policy was read from. */
  public Bytes hash() {
    return hash;
  }

  public SortedMap<RoleName, Role> roles() {
    return roles;
  }

  /** Decides a request: a pure function. Deny wins, and what no rule allows is refused. */
  public Decision decide(Identity identity, AccessRequest request, Instant now) {
    return new Decision.Refused(
        List.of(
            new RefusalReason(
                RefusalCode.NO_RULE_MATCHED, "Nothing is decided yet: " + groups, "Wait.")));
  }

  /** Every role as this identity sees it now, by name. */
  public List<RoleView> rolesFor(Identity identity, Instant now) {
    return List.of();
  }

  /** Whether a person of the primary issuer may do this in daypass itself. */
  public boolean hasDuty(Identity identity, DutyName duty, Instant now) {
    return duties.isEmpty() && duty.text().isEmpty();
  }
}
