package dev.daypass.policy;

import static dev.daypass.policy.RawRoles.open;
import static dev.daypass.policy.RawRoles.role;
import static dev.daypass.policy.Requests.request;
import static dev.daypass.policy.Samples.NOW;
import static dev.daypass.policy.Samples.alice;
import static dev.daypass.policy.Samples.codes;
import static dev.daypass.policy.Samples.granted;
import static dev.daypass.policy.Samples.person;
import static dev.daypass.policy.Samples.policy;
import static dev.daypass.policy.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.refusal.RefusalReason;
import dev.daypass.policy.source.RawPolicy;
import dev.daypass.policy.source.RawRole;
import dev.daypass.policy.source.RawRule;
import dev.daypass.policy.source.RawRules;
import dev.daypass.ssh.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyTest {

  private static final String DBA = "\"dba\" in identity.groups";
  private static final String ON_CALL =
      "\"oncall\" in identity.groups && request.reason.matches(\"^INC-[0-9]+$\")";
  private static final String WEEKEND = "now.getDayOfWeek(\"Europe/Berlin\") in [0, 6]";
  private static final Instant FRIDAY = Instant.parse("2026-11-20T12:00:00Z");

  private static Policy example() {
    return policy(
        role().allow(DBA, ON_CALL).deny(WEEKEND, "Routine access is closed at weekends.").build());
  }

  private static Decision decide(RawRole role, Identity identity, Requests request) {
    return policy(role).decide(identity, request.build(), NOW);
  }

  @Test
  void grantsByTheFirstRuleThatHoldsAndNamesIt() {
    Decision byGroup = example().decide(alice("dba"), request().build(), FRIDAY);
    assertThat(granted(byGroup).rule()).isEqualTo("roles.prod-db-debug.allow[0]");
    Decision byReason =
        example().decide(alice("oncall"), request().reason("INC-7").build(), FRIDAY);
    assertThat(granted(byReason).rule()).isEqualTo("roles.prod-db-debug.allow[1]");
    assertThat(granted(byReason).keyId().text()).isEqualTo("alice role=prod-db-debug");
  }

  @Test
  void refusesWhatNoRuleAllows() {
    Decision decision = example().decide(alice("web"), request().build(), FRIDAY);
    assertThat(codes(decision)).containsExactly(RefusalCode.NO_RULE_MATCHED);
    Decision wrongReason =
        example().decide(alice("oncall"), request().reason("see INC-7").build(), FRIDAY);
    assertThat(codes(wrongReason)).containsExactly(RefusalCode.NO_RULE_MATCHED);
  }

  @Test
  void denyWinsAndSaysBecause() {
    Decision decision = example().decide(alice("dba"), request().build(), NOW);
    assertThat(codes(decision)).containsExactly(RefusalCode.DENIED);
    assertThat(((Decision.Refused) decision).reasons().getFirst().detail())
        .isEqualTo("Routine access is closed at weekends.");
  }

  @Test
  void refusesStartInHoursThatARuleCloses() {
    Instant lateFriday = Instant.parse("2026-11-20T22:30:00Z");
    assertThat(example().decide(alice("dba"), request().build(), lateFriday))
        .isInstanceOf(Decision.Granted.class);
    AccessRequest saturday = request().validAfter(lateFriday.plusSeconds(3600)).build();
    assertThat(codes(example().decide(alice("dba"), saturday, lateFriday)))
        .containsExactly(RefusalCode.DENIED);
  }

  @Test
  void failedAllowIsNoMatchAndIsReported() {
    RawRole role = role().allow("identity.claims.team == 'db'", DBA).build();
    Decision.Granted granted = granted(decide(role, alice("dba"), request()));
    assertThat(granted.rule()).endsWith("allow[1]");
    assertThat(granted.failures())
        .extracting(ConditionFailure::rule)
        .containsExactly("roles.prod-db-debug.allow[0]");
    assertThat(codes(decide(role, alice("web"), request())))
        .containsExactly(RefusalCode.NO_RULE_MATCHED, RefusalCode.CONDITION_FAILED);
  }

  @Test
  void failedDenyRefuses() {
    RawRole role = open().deny("identity.claims.banned == true", "Banned.").build();
    assertThat(codes(decide(role, alice(), request())))
        .containsExactly(RefusalCode.CONDITION_FAILED);
  }

  /** CASES 14. */
  @Test
  void deniesTheSameNameInAnotherCase() {
    RawRole role = open().deny("identity.username == \"root\"", "Not root.").build();
    for (String name : List.of("root", "Root", "ROOT")) {
      assertThat(codes(decide(role, person(name), request()))).contains(RefusalCode.DENIED);
    }
    RawRole other =
        open()
            .deny("identity.username.matches(\"^Ro+t$\")", "")
            .deny("identity.groups.exists(g, g in [\"Blocked\"])", "")
            .build();
    assertThat(codes(decide(other, person("rOOt"), request()))).contains(RefusalCode.DENIED);
    assertThat(codes(decide(other, alice("BLOCKED"), request()))).contains(RefusalCode.DENIED);
    assertThat(decide(other, alice("open"), request())).isInstanceOf(Decision.Granted.class);
  }

  /** CASES 14 and 54. */
  @Test
  void allowComparesExactly() {
    RawRole role = role().allow(DBA).build();
    for (String group : List.of("DBA", "Dba", "ci/dba", "dba ", "db")) {
      assertThat(codes(decide(role, alice(group), request())))
          .containsExactly(RefusalCode.NO_RULE_MATCHED);
    }
  }

  @Test
  void isForPersonsOfThePrimaryIssuerUnlessItSaysOtherwise() {
    RawRole forPersons = open().build();
    assertThat(codes(decide(forPersons, service("ci"), request())))
        .contains(RefusalCode.KIND_NOT_ALLOWED);
    Identity partner = Samples.withProvider(alice(), "partner", false);
    assertThat(codes(decide(forPersons, partner, request())))
        .containsExactly(RefusalCode.ISSUER_NOT_ALLOWED);
    RawRole forPartners = open().holder("person", "partner").build();
    assertThat(decide(forPartners, partner, request())).isInstanceOf(Decision.Granted.class);
    RawRole forServices = open().holder("service", "ci").build();
    assertThat(decide(forServices, service("ci"), request())).isInstanceOf(Decision.Granted.class);
    assertThat(codes(decide(forServices, service("partner"), request())))
        .containsExactly(RefusalCode.ISSUER_NOT_ALLOWED);
    assertThat(codes(decide(forServices, alice(), request())))
        .contains(RefusalCode.KIND_NOT_ALLOWED);
  }

  @Test
  void refusesAnAuthenticationThatIsTooOldOrUnknown() {
    assertThat(decide(open().text("max-auth-age", "10m").build(), alice(), request()))
        .isInstanceOf(Decision.Granted.class);
    assertThat(codes(decide(open().text("max-auth-age", "9m59s").build(), alice(), request())))
        .containsExactly(RefusalCode.AUTHENTICATION_TOO_OLD);
    RawRole forServices = open().holder("service", "ci").text("max-auth-age", "1h").build();
    assertThat(codes(decide(forServices, service("ci"), request())))
        .containsExactly(RefusalCode.AUTHENTICATION_TOO_OLD);
    Instant before = NOW.minusSeconds(1000);
    Policy policy = policy(open().text("max-auth-age", "1h").build());
    assertThat(codes(policy.decide(alice(), request().build(), before)))
        .containsExactly(RefusalCode.AUTHENTICATION_TOO_OLD);
  }

  @Test
  void refusesAnUnknownRole() {
    assertThat(codes(decide(open().build(), alice(), request().role("other"))))
        .containsExactly(RefusalCode.ROLE_UNKNOWN);
  }

  @Test
  void namesEveryReason() {
    RawRole role =
        role()
            .allow("false")
            .text("reason", "required")
            .list("source-address", "10.0.0.0/8")
            .build();
    Requests request =
        request()
            .ttl(java.time.Duration.ofHours(2))
            .hosts(Samples.WEB_1)
            .sourceAddress("11.0.0.0/8");
    assertThat(codes(decide(role, service("ci"), request)))
        .containsExactly(
            RefusalCode.KIND_NOT_ALLOWED,
            RefusalCode.NO_RULE_MATCHED,
            RefusalCode.REASON_REQUIRED,
            RefusalCode.TTL_ABOVE_MAX,
            RefusalCode.HOST_NOT_IN_ROLE,
            RefusalCode.SOURCE_ADDRESS_OUTSIDE_ROLE);
  }

  @Test
  void takesGroupsFromThePolicyByVerifiedEmail() {
    RawPolicy raw =
        new RawPolicy(
            Map.of("dba", List.of("alice@EXAMPLE.com")),
            Map.of(),
            Map.of("prod-db-debug", role().allow(DBA).build()));
    Policy policy = Samples.load(raw).policy();
    assertThat(policy.decide(alice(), request().build(), NOW)).isInstanceOf(Decision.Granted.class);
    assertThat(codes(policy.decide(person("bob"), request().build(), NOW)))
        .containsExactly(RefusalCode.NO_RULE_MATCHED);
    assertThat(policy.groupsOf(alice("web"))).containsExactly("dba", "web");
  }

  @Test
  void anotherSpellingOfAnAddressEscapesNoDenialAndEarnsNoGrant() {
    RawPolicy raw =
        new RawPolicy(
            Map.of("suspended", List.of("ALICE@example.com"), "dba", List.of("ALICE@example.com")),
            Map.of(),
            Map.of(
                "open", role().allow("true").deny("\"suspended\" in identity.groups", "").build(),
                "prod-db-debug", role().allow(DBA).build()));
    Policy policy = Samples.load(raw).policy();
    assertThat(codes(policy.decide(alice(), request().role("open").build(), NOW)))
        .containsExactly(RefusalCode.DENIED);
    assertThat(codes(policy.decide(alice(), request().build(), NOW)))
        .containsExactly(RefusalCode.NO_RULE_MATCHED);
  }

  @Test
  void dutiesAreForPersonsOfThePrimaryIssuerWhomARuleAllows() {
    RawRules audit =
        new RawRules(
            List.of(new RawRule("\"audit\" in identity.groups", Optional.empty())), List.of());
    Policy policy =
        Samples.load(new RawPolicy(Map.of(), Map.of("auditor", audit), Map.of())).policy();
    assertThat(policy.hasDuty(alice("audit"), DutyName.AUDITOR, NOW)).isTrue();
    assertThat(policy.hasDuty(alice("audit"), DutyName.OPERATOR, NOW)).isFalse();
    assertThat(policy.hasDuty(alice("sre"), DutyName.AUDITOR, NOW)).isFalse();
    assertThat(policy.hasDuty(service("ci", "audit"), DutyName.AUDITOR, NOW)).isFalse();
    Identity partner = Samples.withProvider(alice("audit"), "partner", false);
    assertThat(policy.hasDuty(partner, DutyName.AUDITOR, NOW)).isFalse();
  }

  @Test
  void showsWhichRolesMayBeHeldAndWhyNotTheOthers() {
    Policy policy =
        policy(
            Map.of(
                "a-held", role().allow(DBA).build(),
                "b-depends", role().allow(ON_CALL).build(),
                "c-denied", open().deny("true", "Closed.").build(),
                "d-foreign", role().allow("\"web\" in identity.groups").build(),
                "e-maybe-denied", open().deny("request.reason == \"\"", "Say why.").build()));
    List<RoleView> views = policy.rolesFor(alice("dba", "oncall"), NOW);
    assertThat(views)
        .extracting(view -> view.role().name().text(), RoleView::standing)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a-held", RoleView.Standing.HELD),
            org.assertj.core.groups.Tuple.tuple("b-depends", RoleView.Standing.DEPENDS_ON_REQUEST),
            org.assertj.core.groups.Tuple.tuple("c-denied", RoleView.Standing.REFUSED),
            org.assertj.core.groups.Tuple.tuple("d-foreign", RoleView.Standing.REFUSED),
            org.assertj.core.groups.Tuple.tuple(
                "e-maybe-denied", RoleView.Standing.DEPENDS_ON_REQUEST));
    assertThat(views.get(2).reasons()).extracting(RefusalReason::detail).containsExactly("Closed.");
    assertThat(views.get(3).reasons())
        .extracting(RefusalReason::code)
        .containsExactly(RefusalCode.NO_RULE_MATCHED);
  }

  @Test
  void isNamedByTheHashOfItsSource() {
    assertThat(policy(open().build()).hash()).isEqualTo(Bytes.ofUtf8("policy").sha256());
  }

  @Test
  void everyCodeHasAStableTextOfItsOwn() {
    assertThat(RefusalCode.values()).extracting(RefusalCode::text).doesNotHaveDuplicates();
    assertThat(RefusalCode.values())
        .allSatisfy(code ->
            assertThat(code.text()).isEqualTo(code.name().toLowerCase(java.util.Locale.ROOT)));
  }
}
