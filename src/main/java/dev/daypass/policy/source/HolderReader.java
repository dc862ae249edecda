package dev.daypass.policy.source;

import dev.daypass.cert.Principal;
import dev.daypass.identity.Account;
import dev.daypass.identity.IdentityKind;
import dev.daypass.policy.role.Eligibility;
import dev.daypass.policy.role.Opening;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks whom a role is for and what it opens: {@code for}, {@code accounts}, {@code principals}.
 */
final class HolderReader {

  private static final String SELF = "self";
  private static final int MAX_PRINCIPALS = 32;

  /** No comma, space, quote or wildcard, and none that daypass makes itself (CASES 3 to 9, 11). */
  private static final Pattern PRINCIPAL =
      Pattern.compile("(?!daypass:)[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,254}");

  private final String path;
  private final Set<String> issuers;
  private final Problems problems;

  HolderReader(String path, Set<String> issuers, Problems problems) {
    this.path = path;
    this.issuers = issuers;
    this.problems = problems;
  }

  Eligibility eligibility(Optional<RawHolder> raw) {
    if (raw.isEmpty()) {
      return Eligibility.PERSON;
    }
    checkIssuers(raw.get().issuers());
    Set<String> named = new HashSet<>(raw.get().issuers());
    return switch (raw.get().kind()) {
      case "person" -> new Eligibility(IdentityKind.PERSON, named);
      case "service" -> service(named);
      default -> {
        problems.error(
            path + ".for",
            "neither a person nor a service",
            "write person, or { kind: service, issuers: [ci] }");
        yield Eligibility.PERSON;
      }
    };
  }

  Optional<Opening> opening(RawRole raw, Eligibility eligibility) {
    boolean own = !raw.principals().isEmpty();
    boolean opened = !raw.accounts().isEmpty();
    if (own == opened) {
      problems.error(
          path + ".accounts",
          own ? "accounts and principals exclude each other" : "this role opens no account",
          "name the accounts that it opens, such as [db-debug] or [self]");
      return Optional.empty();
    }
    return own ? Optional.of(explicit(raw.principals())) : accounts(raw.accounts(), eligibility);
  }

  private Eligibility service(Set<String> named) {
    if (named.isEmpty()) {
      problems.error(
          path + ".for.issuers",
          "a role for services names their issuers",
          "write { kind: service, issuers: [ci] }");
      return Eligibility.PERSON;
    }
    return new Eligibility(IdentityKind.SERVICE, named);
  }

  private void checkIssuers(List<String> named) {
    for (int i = 0; i < named.size(); i++) {
      if (!issuers.contains(named.get(i))) {
        problems.error(
            path + ".for.issuers[" + i + "]",
            "no identity provider has this name",
            "the configured ones are " + String.join(", ", issuers.stream().sorted().toList()));
      }
    }
  }

  private Optional<Opening> accounts(List<String> names, Eligibility eligibility) {
    Set<Account> accounts = new LinkedHashSet<>();
    boolean self = false;
    for (int i = 0; i < names.size(); i++) {
      Optional<Account> account = Account.parse(names.get(i));
      if (names.get(i).equals(SELF)) {
        self = true;
      } else if (account.isEmpty()) {
        problems.error(
            path + ".accounts[" + i + "]",
            "not an account name",
            "a lower-case letter or _, then up to 31 of a-z, 0-9, _, . and -");
        return Optional.empty();
      } else {
        accounts.add(account.get());
      }
    }
    if (self && eligibility.kind() == IdentityKind.SERVICE) {
      problems.warn(
          path + ".accounts", "self on a role for services", "name the account that it opens");
    }
    return Optional.of(new Opening(accounts, self, List.of()));
  }

  private Opening explicit(List<String> names) {
    List<Principal> principals = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!PRINCIPAL.matcher(names.get(i)).matches()) {
        problems.error(
            path + ".principals[" + i + "]",
            "not a principal that a role may set",
            "write a name of letters, digits and _ . : @ + -, not beginning with daypass:");
      }
      principals.add(new Principal(names.get(i)));
    }
    if (principals.size() > MAX_PRINCIPALS || new HashSet<>(principals).size() < names.size()) {
      problems.error(path + ".principals", "too many, or one twice", "name each once, at most 32");
    }
    problems.warn(
        path + ".principals",
        "any server that trusts the user CA key lets these principals into the accounts of the"
            + " same name: labels, hosts and proof mode do not hold there",
        "use accounts: on servers that can join");
    return new Opening(Set.of(), false, principals);
  }
}
