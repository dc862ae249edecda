package dev.daypass.policy;

import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Principal;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.identity.Account;
import dev.daypass.identity.Identity;
import dev.daypass.policy.condition.ConditionInput;
import dev.daypass.policy.condition.Memberships;
import dev.daypass.policy.refusal.Reasons;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.refusal.RefusalReason;
import dev.daypass.policy.role.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether one identity may hold one role. Every check is made, so that a refusal names
 * every reason; only a decision without any reason against it grants.
 *
 * @param groups all groups of the identity
 * @param reserved the accounts that any role names
 */
record RoleDecision(Role role, Identity identity, Memberships groups, Set<Account> reserved) {

  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  Decision decide(AccessRequest request, Instant now) {
    Reasons reasons = new Reasons();
    checkHolder(now, reasons);
    RuleOutcome outcome = checkRules(request, now, reasons);
    role.reason().refusal(request.reason()).ifPresent(reasons::add);
    role.keys().check(request.key(), reasons);
    Optional<ValidityWindow> window = WindowRule.window(role.ttl(), request, now, reasons);
    List<Principal> principals =
        PrincipalRule.principals(role, identity, request.hosts(), reserved, reasons);
    CertificateOptions critical = OptionRule.criticalOptions(role, request, reasons);
    Optional<KeyId> keyId = keyId(reasons);
    List<RefusalReason> refusals = reasons.all();
    if (!refusals.isEmpty()) {
      return new Decision.Refused(refusals);
    }
    return new Decision.Granted(
        role,
        outcome.allowedBy().orElseThrow().path(),
        keyId.orElseThrow(),
        principals,
        window.orElseThrow(),
        critical,
        OptionRule.extensions(role, request),
        request.hosts(),
        outcome.failures());
  }

  /** The role as this identity sees it, before any request. */
  RoleView view(Instant now) {
    Reasons reasons = new Reasons();
    checkHolder(now, reasons);
    PrincipalRule.principals(role, identity, List.of(), reserved, reasons);
    Optional<KeyId> _ = keyId(reasons);
    RuleOutcome outcome =
        RuleOutcome.of(
            role.rules(), ConditionInput.withoutRequest(identity, groups, role.name().text(), now));
    outcome.refusals("the role " + role.name()).forEach(reasons::add);
    List<RefusalReason> refusals = reasons.all();
    if (!refusals.isEmpty()) {
      return new RoleView(role, RoleView.Standing.REFUSED, refusals);
    }
    RoleView.Standing standing =
        outcome.grants() ? RoleView.Standing.HELD : RoleView.Standing.DEPENDS_ON_REQUEST;
    return new RoleView(role, standing, List.of());
  }

  private void checkHolder(Instant now, Reasons reasons) {
    role.eligibility().refusal(identity).ifPresent(reasons::add);
    if (role.maxAuthAge().isEmpty()) {
      return;
    }
    Instant oldest = now.minus(role.maxAuthAge().get());
    Instant newest = now.plus(CLOCK_SKEW);
    boolean recent =
        identity
            .authenticatedAt()
            .filter(at -> !at.isBefore(oldest) && !at.isAfter(newest))
            .isPresent();
    if (!recent) {
      reasons.add(
          RefusalCode.AUTHENTICATION_TOO_OLD,
          "This role needs a login at the identity provider within the last "
              + DurationText.format(role.maxAuthAge().get())
              + ".",
          "Log in anew: daypass login --fresh.");
    }
  }

  /**
   * A request that starts later must be allowed at that moment as well as now: else it would carry
   * a certificate into hours that a rule closes.
   */
  private RuleOutcome checkRules(AccessRequest request, Instant now, Reasons reasons) {
    Map<String, Object> facts = facts(request, now);
    RuleOutcome outcome = outcome(facts, now);
    List<RefusalReason> refusals = outcome.refusals("the role " + role.name());
    Instant start = WindowRule.start(request, now);
    if (refusals.isEmpty() && start.isAfter(now)) {
      refusals = outcome(facts, start).refusals("the role " + role.name());
    }
    refusals.forEach(reasons::add);
    return outcome;
  }

  private RuleOutcome outcome(Map<String, Object> facts, Instant moment) {
    return RuleOutcome.of(role.rules(), ConditionInput.of(identity, groups, facts, moment));
  }

  private Map<String, Object> facts(AccessRequest request, Instant now) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("role", role.name().text());
    facts.put("reason", request.reason().orElse(""));
    facts.put("ttl", request.ttl().orElse(role.ttl().standard()));
    facts.put("valid_after", WindowRule.start(request, now));
    facts.put(
        "hosts",
        request.hosts().stream()
            .map(host -> Map.of("name", host.name().text(), "labels", host.labels()))
            .toList());
    facts.put("key_type", request.key().policyName());
    facts.put("key_fingerprint", request.key().fingerprint().toString());
    request.observedAddress().ifPresent(address -> facts.put("address", address.toString()));
    return facts;
  }

  private Optional<KeyId> keyId(Reasons reasons) {
    Optional<KeyId> keyId = KeyIdText.of(identity.username(), role.name());
    if (keyId.isEmpty()) {
      reasons.add(
          RefusalCode.KEY_ID_TOO_LONG,
          "Your username is too long for a key ID of " + KeyIdText.MAX_BYTES + " bytes.",
          "Ask an operator to take the username from another claim.");
    }
    return keyId;
  }
}
