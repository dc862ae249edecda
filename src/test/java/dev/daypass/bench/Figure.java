package dev.daypass.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One line of the report.
 *
 * @param key its name in report.json
 * @param text its name for people, with the unit
 * @param digits behind the point
 */
record Figure(String key, String text, int digits, ToDoubleFunction<Round> of) {
  /** What is measured, the ratios first: on another machine only they mean the same. */
  static final List<Figure> ALL =
      List.of(
          new Figure("of_empty_route", "certificates / empty route", 3, Round::ofEmpty),
          new Figure(
              "of_empty_route_same_heads", "certificates / empty, same heads", 3, Round::ofHeaded),
          new Figure("ceiling", "ceiling: empty route and signatures", 3, Round::ceiling),
          new Figure("of_ssh_keygen", "certificates / ssh-keygen -s", 1, Round::ofSshKeygen),
          new Figure(
              "certificates_per_second",
              "certificates a second",
              0,
              round -> round.certificates().perSecond()),
          new Figure(
              "empty_per_second", "empty route a second", 0, round -> round.empty().perSecond()),
          new Figure(
              "same_heads_per_second",
              "empty, same heads, a second",
              0,
              round -> round.headed().perSecond()),
          new Figure(
              "ssh_keygen_per_second", "ssh-keygen -s a second", 0, Round::sshKeygenPerSecond),
          new Figure(
              "signatures_per_second", "signatures alone, a second", 0, Round::signaturesPerSecond),
          new Figure(
              "certificates_p50_ms",
              "certificate p50, ms",
              2,
              round -> round.certificates().millis(0.50)),
          new Figure(
              "certificates_p99_ms",
              "certificate p99, ms",
              2,
              round -> round.certificates().millis(0.99)),
          new Figure("empty_p50_ms", "empty p50, ms", 2, round -> round.empty().millis(0.50)),
          new Figure("empty_p99_ms", "empty p99, ms", 2, round -> round.empty().millis(0.99)),
          new Figure("rows_per_commit", "certificates a commit", 1, Round::rowsPerCommit),
          new Figure(
              "certificates_cpu_us",
              "daemon's CPU a certificate, us",
              0,
              round -> round.certificates().microsEach(round.certificateCpu())),
          new Figure(
              "empty_cpu_us",
              "daemon's CPU an empty answer, us",
              0,
              round -> round.empty().microsEach(round.emptyCpu())),
          new Figure(
              "same_heads_cpu_us",
              "daemon's CPU, empty, same heads, us",
              0,
              round -> round.headed().microsEach(round.headedCpu())),
          new Figure(
              "certificates_generator_us",
              "generator's CPU a certificate, us",
              1,
              round -> round.certificates().microsEach(round.certificates().generatorCpu())),
          new Figure(
              "empty_generator_us",
              "generator's CPU an empty answer, us",
              1,
              round -> round.empty().microsEach(round.empty().generatorCpu())));

  Spread spread(List<Round> rounds) {
    return Spread.of(rounds.stream().map(of::applyAsDouble).toList());
  }

  String shown(double value) {
    return String.format(java.util.Locale.ROOT, "%,." + digits + "f", value);
  }
}
