package dev.daypass.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.policy.Samples;
import dev.daypass.policy.condition.ConditionCompiler.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionCompilerTest {

  private static final ConditionCompiler COMPILER = new ConditionCompiler();
  private static final Map<String, Object> REQUEST =
      Map.of(
          "role", "prod-db-debug",
          "reason", "INC-12",
          "ttl", Duration.ofMinutes(30),
          "valid_after", Samples.NOW,
          "hosts", List.of(Map.of("name", "db-1", "labels", Map.of("env", "prod"))),
          "key_type", "ed25519",
          "key_fingerprint", "SHA256:x");

  private static Compilation.Compiled compiled(String source, Place place) {
    Compilation compilation = COMPILER.compile(source, place);
    assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
    return (Compilation.Compiled) compilation;
  }

  private static List<String> problems(String source, Place place) {
    Compilation compilation = COMPILER.compile(source, place);
    assertThat(compilation).isInstanceOf(Compilation.Rejected.class);
    return ((Compilation.Rejected) compilation).problems();
  }

  private static ConditionInput input() {
    return ConditionInput.of(
        Samples.alice(), Memberships.of(Set.of("dba", "Oncall")), REQUEST, Samples.NOW);
  }

  private static Answer answer(String source) {
    return compiled(source, Place.ALLOW).condition().evaluate(input());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'dba' in identity.groups",
        "identity.groups.exists(g, g.startsWith('On'))",
        "identity.groups.all(g, size(g) > 2)",
        "has(identity.claims.department) && !has(identity.claims.team)",
        "identity.claims.levels[0] == 1 && identity.claims.levels[1] == 2.0",
        "identity.kind == 'person' && identity.primary && identity.mfa",
        "identity.email.endsWith('@example.com') && identity.account == identity.username",
        "'otp' in identity.methods && identity.login_method != 'device'",
        "now - identity.authenticated_at < duration('15m')",
        "now.getDayOfWeek('Europe/Berlin') == 6 && now.getHours('+02:00') == 3",
        "request.reason.matches('^INC-[0-9]+$')",
        "request.ttl <= duration('1h') && request.role == 'prod-db-debug'",
        "request.hosts.all(h, h.labels.env == 'prod' && h.name == 'db-1')",
        "request.key_type in ['ed25519', 'sk-ed25519'] && !has(request.address)",
        "now > timestamp('2026-01-01T00:00:00Z')"
      })
  void holds(String source) {
    assertThat(answer(source)).isEqualTo(new Answer.Yes());
    assertThat(compiled(source, Place.DENY).condition().evaluate(input()))
        .isEqualTo(new Answer.Yes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "identity.grops == [] | undefined field 'grops'; identity has issuer",
        "request.resaon == '' | undefined field 'resaon'",
        "request.hosts.all(h, h.lables.env == 'x') | undefined field 'lables'",
        "requst.reason == '' | undeclared reference to 'requst'",
        "identity.username + 1 == '' | no matching overload",
        "identity.username | expected type 'bool'",
        "identity['username'] == 'x' | no matching overload",
        "'dba' in | mismatched input",
        "now.getDayOfWeek('Europe/Nowhere') == 0 | unknown time zone",
        "request.reason.matches('((') | missing closing )",
        "identity.groups.filter(g, true) | expected type 'bool'"
      })
  void refusesAtLoad(String source, String problem) {
    assertThat(problems(source, Place.ALLOW)).anySatisfy(p -> assertThat(p).contains(problem));
  }

  @Test
  void dutiesSeeNoRequest() {
    assertThat(problems("request.reason == ''", Place.DUTY_ALLOW))
        .anySatisfy(p -> assertThat(p).contains("a duty's condition sees identity and now"));
    Condition duty = compiled("'dba' in identity.groups", Place.DUTY_ALLOW).condition();
    ConditionInput input =
        ConditionInput.forDuty(Samples.alice(), Memberships.of(Set.of("dba")), Samples.NOW);
    assertThat(duty.evaluate(input)).isEqualTo(new Answer.Yes());
  }

  @Test
  void boundsWhatAConditionIs() {
    assertThat(problems("true || ".repeat(600) + "true", Place.ALLOW)).isNotEmpty();
    assertThat(problems("(".repeat(200) + "true" + ")".repeat(200), Place.ALLOW)).isNotEmpty();
    assertThat(problems("[1].all(x, true) && ".repeat(8) + "[1].all(x, true)", Place.ALLOW))
        .containsExactly("more than 8 macros in one condition");
  }

  @Test
  void boundsWhatAnEvaluationCosts() {
    String source = "true";
    for (String name : List.of("a", "b", "c", "d", "e")) {
      source = "[1,2,3,4,5,6,7,8,9,10].all(" + name + ", " + source + ")";
    }
    assertThat(answer(source)).isInstanceOf(Answer.Failed.class);
  }

  /** RE2 has no catastrophic backtracking; a backtracking matcher would not come back. */
  @Test
  void matchesInLinearTime() {
    Condition condition = compiled("request.reason.matches('^(a+)+$')", Place.ALLOW).condition();
    Map<String, Object> request = Map.of("reason", "a".repeat(5000) + "!");
    ConditionInput input =
        ConditionInput.of(Samples.alice(), Memberships.of(Set.of()), request, Samples.NOW);
    assertThat(condition.evaluate(input)).isEqualTo(new Answer.No());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "identity.claims.team == 'db'",
        "identity.claims.department > 3",
        "identity.claims.department",
        "identity.claims.levels[9] == 1",
        "request.address == '10.0.0.1'",
        "now.getDayOfWeek(identity.username) == 0",
        "1 / 0 == 1",
        "now + duration('999999999999h') > now"
      })
  void reportsWhatCannotBeEvaluated(String source) {
    assertThat(answer(source)).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void isUndecidedWhereItTurnsOnTheRequest() {
    ConditionInput input =
        ConditionInput.withoutRequest(
            Samples.alice(), Memberships.of(Set.of("dba")), "prod-db-debug", Samples.NOW);
    Condition depends =
        compiled("'dba' in identity.groups && request.reason != ''", Place.DENY).condition();
    assertThat(depends.evaluate(input)).isEqualTo(new Answer.Undecided());
    Condition settled =
        compiled("'web' in identity.groups && request.reason != ''", Place.ALLOW).condition();
    assertThat(settled.evaluate(input)).isEqualTo(new Answer.No());
    Condition role = compiled("request.role == 'prod-db-debug'", Place.ALLOW).condition();
    assertThat(role.evaluate(input)).isEqualTo(new Answer.Yes());
  }

  /** CASES 14: letters that only meet in upper case count as one, as the long s and s do. */
  @Test
  void foldsLettersThatLookAlike() {
    assertThat(ConditionInput.fold("db-1")).isEqualTo("db-1");
    assertThat(ConditionInput.fold("Root")).isEqualTo("root");
    assertThat(ConditionInput.fold("acce\u017fs \u212aey")).isEqualTo("access key");
  }

  /** CASES 14. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'DBA' in identity.groups",
        "'oncall' in identity.groups",
        "identity.username == 'Alice'",
        "identity.username in ['ALICE', 'bob']",
        "identity.email.startsWith('ALICE@')",
        "identity.groups.exists(g, g == 'ONCALL')",
        "identity.claims.department == 'STORAGE'",
        "identity.username.matches('^AL')",
        "identity.username == 'AL' + 'ice'",
        "identity.username == 'Alice' && now.getDayOfWeek('Europe/Berlin') == 6",
        "identity.username == 'Alice' && request.reason == 'INC-12'",
        "identity.username == 'Alice' && now > timestamp('2026-01-01T00:00:00Z')"
      })
  void denyIsBlindToCaseAndAllowIsNot(String source) {
    assertThat(compiled(source, Place.DENY).condition().evaluate(input()))
        .isEqualTo(new Answer.Yes());
    assertThat(answer(source)).isEqualTo(new Answer.No());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "^INC-[0-9]+$ ~ true",
        "\\AINC\\z ~ true",
        "^(a|b)$ ~ true",
        "^[|]$ ~ true",
        "^a\\|b$ ~ true",
        "^INC\\\\$ ~ true",
        "INC-[0-9]+ ~ false",
        "^INC ~ false",
        "INC$ ~ false",
        "^INC\\$ ~ false",
        "^a|b$ ~ false"
      })
  void knowsWhichPatternsMatchTheWhole(String pattern, boolean whole) {
    assertThat(Anchors.hold(pattern)).isEqualTo(whole);
  }

  @Test
  void warnsOfPatternsThatMatchAPart() {
    assertThat(compiled("request.reason.matches('INC-[0-9]+')", Place.ALLOW).warnings())
        .singleElement()
        .asString()
        .contains("any part");
    assertThat(compiled("request.reason.matches('^INC-[0-9]+$')", Place.ALLOW).warnings())
        .isEmpty();
  }

  @Test
  void manyThreadsMayAskOneCondition() throws Exception {
    Condition condition =
        compiled("request.reason.matches('^INC-[0-9]+$') && size(identity.groups) == 1", Place.DENY)
            .condition();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers =
          IntStream.range(0, 2_000)
              .mapToObj(i -> threads.submit(() -> agrees(condition, i)))
              .toList();
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    }
  }

  private static boolean agrees(Condition condition, int i) {
    boolean holds = i % 3 == 0;
    Map<String, Object> request = Map.of("reason", holds ? "INC-" + i : "no");
    ConditionInput input =
        ConditionInput.of(
            Samples.alice(), Memberships.of(Set.of("g" + i)), request, Instant.ofEpochSecond(i));
    return condition.evaluate(input).equals(holds ? new Answer.Yes() : new Answer.No());
  }
}
