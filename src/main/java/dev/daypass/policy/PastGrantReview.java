package dev.daypass.policy;

import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.identity.Account;
import dev.daypass.policy.address.Cidr;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.condition.Answer;
import dev.daypass.policy.condition.ConditionInput;
import dev.daypass.policy.condition.Memberships;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.refusal.Reasons;
import dev.daypass.policy.role.Extension;
import dev.daypass.policy.role.Role;
import dev.daypass.policy.role.Rule;
import dev.daypass.policy.role.SourceRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a grant that was written down against the policy that was in force then (DESIGN section 5).
 * A condition that looks at what is not written down, such as a claim, accuses nobody.
 */
final class PastGrantReview {
  /** Between a decision and its entry. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  private static final Set<String> CRITICAL =
      Set.of("force-command", "source-address", "verify-required");

  private final PastGrant grant;
  private final List<String> objections = new ArrayList<>();

  private PastGrantReview(PastGrant grant) {
    this.grant = grant;
  }

  static List<String> objections(
      Optional<Role> role, Memberships groups, Set<Account> reserved, PastGrant grant) {
    PastGrantReview review = new PastGrantReview(grant);
    if (role.isEmpty()) {
      review.object("had no role " + grant.role());
    } else {
      review.checkRole(role.get(), groups, reserved);
    }
    return review.objections;
  }

  private void checkRole(Role role, Memberships groups, Set<Account> reserved) {
    Reasons reasons = new Reasons();
    role.eligibility().refusal(grant.identity()).ifPresent(reasons::add);
    role.reason().refusal(grant.reason()).ifPresent(reasons::add);
    role.keys().check(grant.content().key(), reasons);
    // Their labels then are not written down: a server that was granted had those of the role.
    List<Host> hosts =
        grant.hosts().stream().map(name -> new Host(name, role.hosts().labels())).toList();
    var principals = PrincipalRule.principals(role, grant.identity(), hosts, reserved, reasons);
    reasons.all().forEach(reason -> object("says: " + reason.detail()));
    if (!principals.equals(grant.content().principals())) {
      object("gives the role " + role.name() + " other principals");
    }
    if (!KeyIdText.of(grant.identity().username(), role.name())
        .equals(Optional.of(grant.content().keyId()))) {
      object("makes another key ID of the username and the role");
    }
    checkWindow(role);
    checkExtensions(role);
    checkCriticalOptions(role);
    checkRules(role, groups);
  }

  private void checkWindow(Role role) {
    ValidityWindow window = grant.content().window();
    Duration length = Duration.between(window.validAfter(), window.validBefore());
    boolean backdated = window.validAfter().isBefore(grant.at());
    Duration most = role.ttl().max().plus(backdated ? WindowRule.BACKDATING : Duration.ZERO);
    if (length.compareTo(most) > 0) {
      object("lets the role " + role.name() + " last " + DurationText.format(role.ttl().max()));
    }
    Instant earliest = grant.at().minus(WindowRule.BACKDATING).minus(UNDER_WAY);
    if (window.validAfter().isBefore(earliest)
        || window.validAfter().isAfter(grant.at().plus(WindowRule.MAX_AHEAD))) {
      object("lets no certificate begin so early or so late");
    }
  }

  private void checkExtensions(Role role) {
    Set<String> named = new HashSet<>();
    role.extensions().stream().map(Extension::text).forEach(named::add);
    for (String name : grant.content().extensions().names()) {
      if (!named.contains(name)) {
        object("does not give the role " + role.name() + " the extension " + name);
      }
    }
  }

  private void checkCriticalOptions(Role role) {
    CertificateOptions options = grant.content().criticalOptions();
    boolean command =
        role.forceCommand().isEmpty()
            || role.forceCommand().equals(options.textValue("force-command"));
    boolean verify = !role.keys().verifyRequired() || options.contains("verify-required");
    if (!CRITICAL.containsAll(options.names()) || !command || !verify || !sourceFits(role)) {
      object("asks for other critical options in the role " + role.name());
    }
  }

  private boolean sourceFits(Role role) {
    List<Cidr> allowed =
        switch (role.sourceRule()) {
          case SourceRule.Anywhere() -> List.of();
          case SourceRule.Ranges(List<Cidr> ranges) -> ranges;
          case SourceRule.Observed() -> grant.address().map(Cidr::ofSingle).stream().toList();
        };
    Optional<String> written = grant.content().criticalOptions().textValue("source-address");
    if (allowed.isEmpty()) {
      return role.sourceRule() instanceof SourceRule.Anywhere;
    }
    return written.isPresent()
        && List.of(written.get().split(",", -1)).stream()
            .map(Cidr::parse)
            .allMatch(range ->
                range.isPresent()
                    && allowed.stream().anyMatch(outer -> outer.contains(range.get())));
  }

  private void checkRules(Role role, Memberships groups) {
    Optional<Rule> named =
        role.rules().allow().stream().filter(rule -> rule.path().equals(grant.rule())).findFirst();
    if (named.isEmpty()) {
      object("had no rule " + grant.rule());
      return;
    }
    // A condition on the time may have changed its mind between the decision and its entry.
    ConditionInput then = input(role, groups, grant.at());
    ConditionInput before = input(role, groups, grant.at().minus(UNDER_WAY));
    if (denies(named.get(), then) && denies(named.get(), before)) {
      object("does not allow it by the rule " + grant.rule());
    }
    for (Rule rule : role.rules().deny()) {
      if (holds(rule, then) && holds(rule, before)) {
        object("refuses it by the rule " + rule.path());
      }
    }
  }

  private static boolean denies(Rule rule, ConditionInput input) {
    return switch (rule.when().evaluate(input)) {
      case Answer.Yes _, Answer.Undecided _ -> false;
      case Answer.No _, Answer.Failed _ -> true;
    };
  }

  private static boolean holds(Rule rule, ConditionInput input) {
    return rule.when().evaluate(input) instanceof Answer.Yes;
  }

  private ConditionInput input(Role role, Memberships groups, Instant moment) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("role", role.name().text());
    facts.put("reason", grant.reason().orElse(""));
    facts.put("key_type", grant.content().key().policyName());
    facts.put("key_fingerprint", grant.content().key().fingerprint().toString());
    facts.put("hosts", List.of());
    grant.address().map(IpAddress::toString).ifPresent(text -> facts.put("address", text));
    return ConditionInput.ofPast(grant.identity(), groups, facts, moment);
  }

  private void object(String what) {
    objections.add("the policy of its time " + what);
  }
}
