package dev.daypass;

import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.Readiness;
import dev.daypass.ledger.StopCause;
import dev.daypass.web.api.ReadinessReport;
import java.util.Locale;
import java.util.Map;

/** Whether certificates can be issued now, part by part, in the words of {@code /readyz}. */
record ReadinessChecks(Ledger ledger) {
  ReadinessReport report() {
    Readiness readiness = ledger.readiness();
    String state = readiness.stopped().map(ReadinessChecks::word).orElse("ok");
    return ReadinessReport.of(
        readiness.ready(), Map.of("ledger", state, "rollback", readiness.rollback()));
  }

  private static String word(StopCause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
