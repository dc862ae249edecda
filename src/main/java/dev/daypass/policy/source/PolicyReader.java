package dev.daypass.policy.source;

import dev.daypass.identity.Email;
import dev.daypass.policy.DutyName;
import dev.daypass.policy.Policy;
import dev.daypass.policy.role.Role;
import dev.daypass.policy.role.RoleName;
import dev.daypass.policy.role.Rules;
import dev.daypass.ssh.Bytes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks what a policy file says and makes a policy of it. */
public final class PolicyReader {

  private final Set<String> issuers;

  /**
   * @param issuers the configured names of the identity providers, which roles may name
   */
  public PolicyReader(Set<String> issuers) {
    this.issuers = Set.copyOf(issuers);
  }

  /**
   * Reads a policy.
   *
   * @param canonicalSource the bytes whose SHA-256 names this policy in the ledger
   */
  public PolicyLoad read(RawPolicy raw, Bytes canonicalSource) {
    Problems problems = new Problems();
    RulesReader rules = new RulesReader(problems);
    Map<String, Set<Email>> groups = groups(raw.groups(), problems);
    Map<DutyName, Rules> duties = duties(raw.duties(), rules, problems);
    Map<RoleName, Role> roles = new LinkedHashMap<>();
    raw.roles()
        .forEach((name, role) ->
            role(name, role, rules, problems).ifPresent(read -> roles.put(read.name(), read)));
    if (!problems.errors().isEmpty()) {
      return new PolicyLoad.Invalid(problems.errors());
    }
    return new PolicyLoad.Loaded(
        new Policy(canonicalSource.sha256(), roles, duties, groups), problems.warnings());
  }

  private static Map<String, Set<Email>> groups(Map<String, List<String>> raw, Problems problems) {
    Map<String, Set<Email>> groups = new LinkedHashMap<>();
    raw.forEach((group, members) -> {
      Set<Email> emails = new HashSet<>();
      for (int i = 0; i < members.size(); i++) {
        String path = "groups." + group + "[" + i + "]";
        Optional<Email> email = Email.parse(members.get(i));
        email.ifPresentOrElse(
            emails::add,
            () ->
                problems.error(path, "not an e-mail address", "write one like alice@example.com"));
      }
      groups.put(group, Set.copyOf(emails));
    });
    return groups;
  }

  private static Map<DutyName, Rules> duties(
      Map<String, RawRules> raw, RulesReader reader, Problems problems) {
    Map<DutyName, Rules> duties = new LinkedHashMap<>();
    raw.forEach((name, rules) -> {
      String path = "duties." + name;
      Optional<DutyName> duty = DutyName.parse(name);
      if (duty.isEmpty()) {
        problems.error(path, "no such duty", "the duties are auditor and operator");
      } else {
        duties.put(duty.get(), reader.duty(path, rules));
      }
    });
    return duties;
  }

  private Optional<Role> role(String name, RawRole raw, RulesReader rules, Problems problems) {
    String path = "roles." + name;
    Optional<RoleName> roleName = RoleName.parse(name);
    if (roleName.isEmpty()) {
      problems.error(
          path,
          "not a role name",
          "a letter, then up to 40 of lower-case letters, digits and hyphens");
      return Optional.empty();
    }
    return new RoleReader(path, issuers, problems).role(roleName.get(), raw, rules);
  }
}
