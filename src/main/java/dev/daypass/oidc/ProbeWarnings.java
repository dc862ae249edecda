package dev.daypass.oidc;

import dev.daypass.identity.Account;
import dev.daypass.identity.Email;
import dev.daypass.oidc.jose.JoseHeader;
import dev.daypass.oidc.rules.AccountSource;
import dev.daypass.oidc.rules.OidcProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an operator should know about a token that is or could be accepted. */
final class ProbeWarnings {
  private static final Duration LONG_LIFE = Duration.ofHours(24);

  private final OidcProvider provider;
  private final GroupMapping groups;

  ProbeWarnings(OidcProvider provider, Set<String> allProviders) {
    this.provider = provider;
    Set<String> others = new HashSet<>(allProviders);
    others.remove(provider.name());
    this.groups = new GroupMapping(provider, others);
  }

  List<String> of(JoseHeader header, Claims claims) {
    List<String> warnings = new ArrayList<>();
    if (!provider.tokens().bearer()) {
      warnings.add("bearer is false: this token serves this test and no request");
    }
    if (header.keyId().isEmpty()) {
      warnings.add("the token names no key; it will be refused as soon as there are two");
    }
    if (provider.tokens().singleUse() && !claims.has("jti")) {
      warnings.add("tokens are for single use, and this one has no jti: it will be refused");
    }
    try {
      addTimes(claims, warnings);
      addEmail(claims, warnings);
      addGroups(claims, warnings);
    } catch (ClaimException e) {
      warnings.add(e.getMessage());
    }
    return List.copyOf(warnings);
  }

  private static void addTimes(Claims claims, List<String> warnings) throws ClaimException {
    Optional<Instant> issued = claims.time("iat");
    Optional<Instant> expires = claims.time("exp");
    if (issued.isPresent()
        && expires.isPresent()
        && Duration.between(issued.get(), expires.get()).compareTo(LONG_LIFE) > 0) {
      warnings.add("the token lives longer than a day: whoever finds it can use it so long");
    }
  }

  private void addEmail(Claims claims, List<String> warnings) throws ClaimException {
    Optional<String> text = claims.text("email");
    if (text.isEmpty()) {
      return;
    }
    Optional<Email> email = Email.parse(text.get());
    if (!claims.isTrue("email_verified")) {
      warnings.add("email_verified is not true: policy does not see the e-mail address");
    } else if (email.isEmpty()
        || !provider.claims().emailDomains().contains(email.get().domain())) {
      warnings.add("the address's domain is not in email-domains: policy does not see it");
    } else if (provider.claims().account() instanceof AccountSource.LocalPart
        && Account.parse(email.get().localPart()).isEmpty()) {
      warnings.add("the address's local part is no account name: this identity has none");
    }
  }

  private void addGroups(Claims claims, List<String> warnings) throws ClaimException {
    Optional<String> claim = provider.claims().groups();
    if (claim.isEmpty()) {
      if (claims.has("groups")) {
        warnings.add("the token has groups, and this provider's groups do not count");
      }
    } else if (!claims.has(claim.get())) {
      warnings.add("the token has no claim \"" + claim.get() + "\": this identity has no groups");
    }
    for (String group : groups.leftOut(claims)) {
      warnings.add("a group is left out, because it reads like another provider's: " + group);
    }
  }
}
