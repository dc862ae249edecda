package dev.daypass.policy;

import static dev.daypass.policy.Requests.request;
import static dev.daypass.policy.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.policy.refusal.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/**
 * Over random identities and conditional rules: who is granted is who some rule allows and none
 * denies, as plain Java over the same facts says.
 */
class RulesPropertyTest {

  private static final int ROLES = 40;
  private static final List<String> GROUPS = List.of("dba", "oncall", "sre", "audit");

  /** A condition, and what it means; the text is the request's reason. */
  private record Meaning(String condition, BiPredicate<Identity, String> holds) {}

  private static final List<Meaning> MEANINGS =
      List.of(
          new Meaning("'dba' in identity.groups", (who, _) -> who.groups().contains("dba")),
          new Meaning(
              "'oncall' in identity.groups && request.reason.matches('^INC-[0-9]+$')",
              (who, why) -> who.groups().contains("oncall") && why.matches("INC-[0-9]+")),
          new Meaning(
              "identity.groups.exists(g, g in ['sre', 'audit'])",
              (who, _) -> who.groups().contains("sre") || who.groups().contains("audit")),
          new Meaning("!('dba' in identity.groups)", (who, _) -> !who.groups().contains("dba")),
          new Meaning(
              "identity.username == 'bob'", (who, _) -> who.username().toString().equals("bob")),
          new Meaning("request.reason != ''", (_, why) -> !why.isEmpty()),
          new Meaning("now.getDayOfWeek('Europe/Berlin') in [0, 6]", (_, _) -> true),
          new Meaning("now.getHours() > 12", (_, _) -> false));

  private final Random random = new Random(8_2026);

  @Test
  void grantsWhomSomeRuleAllowsAndNoneDenies() {
    int granted = 0;
    int denied = 0;
    for (int i = 0; i < ROLES; i++) {
      List<Meaning> allow = some(4);
      List<Meaning> deny = some(2);
      Policy policy = policy(allow, deny);
      for (Identity identity : identities()) {
        for (String reason : List.of("", "look", "INC-42", "xINC-42")) {
          boolean allows = allow.stream().anyMatch(m -> m.holds().test(identity, reason));
          boolean denies = deny.stream().anyMatch(m -> m.holds().test(identity, reason));
          Decision decision = policy.decide(identity, asking(reason), NOW);

          assertThat(decision instanceof Decision.Granted)
              .as("%s saying '%s': allow %s, deny %s", identity.groups(), reason, allow, deny)
              .isEqualTo(allows && !denies);
          checkRule(decision, allow, identity, reason);
          checkReasons(decision, allows, denies);
          granted += allows && !denies ? 1 : 0;
          denied += denies ? 1 : 0;
        }
      }
    }
    assertThat(granted).isGreaterThan(ROLES);
    assertThat(denied).isGreaterThan(ROLES);
  }

  private static void checkRule(
      Decision decision, List<Meaning> allow, Identity identity, String reason) {
    if (decision instanceof Decision.Granted grant) {
      int first = 0;
      while (!allow.get(first).holds().test(identity, reason)) {
        first++;
      }
      assertThat(grant.rule()).isEqualTo("roles.prod-db-debug.allow[" + first + "]");
    }
  }

  private static void checkReasons(Decision decision, boolean allows, boolean denies) {
    if (decision instanceof Decision.Refused) {
      assertThat(Samples.codes(decision).contains(RefusalCode.DENIED)).isEqualTo(denies);
      assertThat(Samples.codes(decision).contains(RefusalCode.NO_RULE_MATCHED)).isEqualTo(!allows);
    }
  }

  private static AccessRequest asking(String reason) {
    return reason.isEmpty() ? request().build() : request().reason(reason).build();
  }

  private static Policy policy(List<Meaning> allow, List<Meaning> deny) {
    RawRoles role = RawRoles.role();
    allow.forEach(meaning -> role.allow(meaning.condition()));
    deny.forEach(meaning -> role.deny(meaning.condition(), "Not now."));
    return Samples.policy(role.build());
  }

  private List<Identity> identities() {
    List<Identity> identities = new ArrayList<>();
    for (String name : List.of("alice", "bob", "carol")) {
      identities.add(
          Samples.person(
              name, GROUPS.stream().filter(_ -> random.nextBoolean()).toArray(String[]::new)));
    }
    return identities;
  }

  private List<Meaning> some(int most) {
    List<Meaning> chosen = new ArrayList<>();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      chosen.add(MEANINGS.get(random.nextInt(MEANINGS.size())));
    }
    return chosen;
  }
}
