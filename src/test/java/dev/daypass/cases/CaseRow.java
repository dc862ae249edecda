package dev.daypass.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.CertificateCall;
import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.lint.CertificateLinter;
import dev.daypass.cert.lint.LintFinding;
import dev.daypass.cert.lint.LintLimits;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One attempt at one case of CASES.md.
 *
 * @param number the case's number there
 * @param what what is tried, for people
 */
record CaseRow(int number, String what, Check check) {
  /** Makes the attempt and looks at what came of it. */
  @FunctionalInterface
  interface Check {
    void on(Scene scene) throws Exception;
  }

  /** Sends something. */
  @FunctionalInterface
  interface Sending {
    CaAnswer send(Scene scene) throws Exception;
  }

  /** A request of a known identity, which is refused and written down. */
  static CaseRow refusedFrom(int number, String what, int status, String code, Sending sending) {
    return new CaseRow(number, what, scene -> Outcome.refused(scene, status, code, sending));
  }

  /** The same; what differs from a request that would be granted. */
  static CaseRow refused(
      int number, String what, int status, String code, UnaryOperator<CertificateCall> change) {
    return refusedFrom(number, what, status, code, scene -> change.apply(scene.call()).send());
  }

  /** A request of nobody that is known: refused, and not written down. */
  static CaseRow turnedAway(int number, String what, int status, String code, Sending sending) {
    return new CaseRow(number, what, scene -> Outcome.turnedAway(scene, status, code, sending));
  }

  /** Something that looks wrong and is right. */
  static CaseRow granted(int number, String what, Sending sending, Consumer<Certificate> check) {
    return new CaseRow(number, what, scene -> check.accept(Outcome.granted(scene, sending)));
  }

  /** The same value in a certificate, held against the linter. */
  static CaseRow linted(int number, String what, String rule, CertificateContent content) {
    return new CaseRow(
        number,
        what + ", to the linter",
        _ ->
            assertThat(CertificateLinter.lint(content, LintLimits.draft(Duration.ofDays(1))))
                .extracting(LintFinding::rule)
                .contains(rule));
  }

  /** The same value in {@code policy.yaml}. */
  static CaseRow policy(int number, String what, String roles) {
    return new CaseRow(
        number,
        what + ", in policy.yaml",
        _ -> assertThat(PolicyTexts.problems(roles)).as(roles).isNotEmpty());
  }
}
