package dev.daypass;

import dev.daypass.issuance.Freeze;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.Readiness;
import dev.daypass.ledger.StopCause;
import dev.daypass.web.api.ReadinessReport;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Whether certificates can be issued now, part by part, in the words of {@code /readyz}. */
record ReadinessChecks(
    Ledger ledger, Freeze freeze, IssuanceDesk desk, Supplier<Map<String, String>> copies) {
  ReadinessReport report() {
    Readiness readiness = ledger.readiness();
    String state = readiness.stopped().map(ReadinessChecks::word).orElse("ok");
    Map<String, String> checks = new HashMap<>(copies.get());
    checks.put("ledger", state);
    checks.put("rollback", readiness.rollback());
    checks.put("issuance", issuance());
    boolean opened = desk.open().getAsBoolean();
    checks.put("opening", opened ? "ok" : "the first entries of this start are not written");
    boolean signs = !desk.absence().isAway();
    checks.put("user-ca", signs ? "ok" : "does not sign");
    return ReadinessReport.of(readiness.ready() && opened && signs, checks);
  }

  /** Who freezes means it: lists and logins go on, so nobody is to be sent elsewhere. */
  private String issuance() {
    return freeze.reason().isPresent() ? "frozen" : "ok";
  }

  private static String word(StopCause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
