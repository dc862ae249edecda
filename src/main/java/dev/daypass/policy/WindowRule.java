package dev.daypass.policy;

import dev.daypass.cert.ValidityWindow;
import dev.daypass.policy.refusal.Reasons;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.role.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a certificate is good (DESIGN section 5; CASES 28 to 31). The ttl counts from the moment of
 * the request, or from {@code valid_after}. A certificate that starts at once is backdated, for
 * servers whose clocks run behind: that lies in the past, and adds no time in which to use it.
 */
final class WindowRule {

  static final Duration BACKDATING = Duration.ofSeconds(60);

  /** How far ahead a certificate may start: rules are asked about that moment too. */
  static final Duration MAX_AHEAD = Duration.ofHours(1);

  private WindowRule() {}

  /** The moment from which the ttl counts. */
  static Instant start(AccessRequest request, Instant now) {
    return request.validAfter().orElse(now).truncatedTo(ChronoUnit.SECONDS);
  }

  static Optional<ValidityWindow> window(
      Ttl ttl, AccessRequest request, Instant now, Reasons reasons) {
    Optional<Duration> length = length(ttl, request, reasons);
    boolean startFits = startFits(request, now, reasons);
    if (length.isEmpty() || !startFits) {
      return Optional.empty();
    }
    Instant start = start(request, now);
    Instant validAfter = request.validAfter().isPresent() ? start : start.minus(BACKDATING);
    return Optional.of(new ValidityWindow(validAfter, start.plus(length.get())));
  }

  private static Optional<Duration> length(Ttl ttl, AccessRequest request, Reasons reasons) {
    Duration length = request.ttl().orElse(ttl.standard());
    if (!length.isPositive() || length.toNanosPart() != 0) {
      reasons.add(
          RefusalCode.TTL_MALFORMED,
          "The ttl must be one second or more, in whole seconds.",
          "Ask for a ttl like 30m.");
      return Optional.empty();
    }
    if (length.compareTo(ttl.max()) > 0) {
      String max = DurationText.format(ttl.max());
      reasons.add(
          RefusalCode.TTL_ABOVE_MAX,
          "This role lasts " + max + " at most; " + DurationText.format(length) + " was asked.",
          "Ask for " + max + " or less.");
      return Optional.empty();
    }
    return Optional.of(length);
  }

  private static boolean startFits(AccessRequest request, Instant now, Reasons reasons) {
    if (request.validAfter().isEmpty()) {
      return true;
    }
    Instant start = request.validAfter().get();
    if (start.isBefore(now.minus(BACKDATING))) {
      reasons.add(
          RefusalCode.VALID_AFTER_TOO_EARLY,
          "valid_after lies more than " + DurationText.format(BACKDATING) + " in the past.",
          "Leave valid_after out to start now.");
      return false;
    }
    if (start.isAfter(now.plus(MAX_AHEAD))) {
      reasons.add(
          RefusalCode.VALID_AFTER_TOO_LATE,
          "valid_after lies more than " + DurationText.format(MAX_AHEAD) + " ahead.",
          "Ask again nearer to the time.");
      return false;
    }
    return true;
  }
}
