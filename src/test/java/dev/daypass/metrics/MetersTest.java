package dev.daypass.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Authentication;
import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.issuance.RefusalKind;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.ledger.store.LedgerStore;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetersTest {
  private final Meters meters = new Meters();
  private final Set<String> roles = new HashSet<>(Set.of("prod"));

  @AfterEach
  void close() {
    meters.close();
  }

  @Test
  void countsOutcomesOfRolesThatPolicyHas() {
    IssuanceMeters issuance = meters.issuance(() -> roles);
    assertThat(meters.registry().scrape())
        .as("an increase from nothing is none")
        .contains("requests_total{outcome=\"issued\",role=\"prod\"} 0.0");
    for (int i = 0; i < 3; i++) {
      issuance.decided("prod", new IssuanceOutcome.NeedsApproval("g"), System.nanoTime());
    }
    issuance.decided("prod", refused("no_rule_matched"), System.nanoTime());
    assertThat(meters.registry().scrape())
        .contains("requests_total{outcome=\"needs_approval\",role=\"prod\"} 3.0")
        .contains("requests_total{outcome=\"refused\",role=\"prod\"} 1.0")
        .contains("refusals_total{code=\"no_rule_matched\"} 1.0")
        .contains("daypass_issuance_stage_seconds_count{stage=\"issue\"} 4");
  }

  @Test
  void whatSomebodyTypedIsNoLabel() {
    IssuanceMeters issuance = meters.issuance(() -> roles);
    for (int i = 0; i < 100; i++) {
      issuance.decided("typed-" + i, refused("role_unknown"), System.nanoTime());
    }
    assertThat(meters.registry().scrape())
        .doesNotContain("typed")
        .contains("requests_total{outcome=\"refused\",role=\"\"} 100.0");
  }

  @Test
  void aRoleThatPolicyGetsLaterIsCountedByItsName() {
    IssuanceMeters issuance = meters.issuance(() -> roles);
    roles.add("late");
    issuance.decided("late", refused("no_rule_matched"), System.nanoTime());
    assertThat(meters.registry().scrape())
        .contains("requests_total{outcome=\"refused\",role=\"late\"} 1.0")
        .contains("requests_total{outcome=\"issued\",role=\"late\"} 0.0");
  }

  @Test
  void timesEachCommitAndSaysHowManyEntriesItWrote() throws Exception {
    try (TestLedger ledger = TestLedger.empty(meters.timed(new InMemoryLedgerStore()))) {
      var _ = ledger.append(TestLedger.created());
      var _ = ledger.append(TestLedger.started());
    }
    assertThat(meters.registry().scrape())
        .contains("daypass_issuance_stage_seconds_count{stage=\"commit\"} 2")
        .contains("daypass_ledger_batch_entries_count 2")
        .contains("daypass_ledger_batch_entries_sum 2.0");
  }

  @Test
  void aStoreHandsOnEveryMethod() {
    List<String> declared =
        Arrays.stream(TimedLedgerStore.class.getDeclaredMethods()).map(MetersTest::shape).toList();
    assertThat(LedgerStore.class.getMethods())
        .as("a default that is not handed on is another store's")
        .extracting(MetersTest::shape)
        .isSubsetOf(declared);
  }

  @Test
  void timesTheVerificationOfTokens() {
    Authentication said = new Authentication.Unavailable("away");
    assertThat(meters.timed((String _) -> said).authenticate("token")).isSameAs(said);
    assertThat(meters.registry().scrape())
        .contains("daypass_issuance_stage_seconds_count{stage=\"identify\"} 1")
        .contains("daypass_issuance_stage_seconds_count{stage=\"sign\"} 0");
  }

  @Test
  void saysHowTheProcessIs() {
    assertThat(meters.registry().scrape())
        .contains(
            "jvm_memory_used_bytes{", "process_cpu_seconds_total ", "process_files_open_files ");
  }

  private static IssuanceOutcome refused(String code) {
    return new IssuanceOutcome.Refused(
        RefusalKind.FORBIDDEN, List.of(new Reason(code, "d", "r")), Optional.empty());
  }

  private static String shape(Method method) {
    return method.getName() + Arrays.toString(method.getParameterTypes());
  }
}
