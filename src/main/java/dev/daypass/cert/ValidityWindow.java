package dev.daypass.cert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When a certificate is good, in whole seconds and never for ever.
 *
 * @param validAfter inclusive, not before 1970
 * @param validBefore exclusive, after {@code validAfter}
 */
public record ValidityWindow(Instant validAfter, Instant validBefore) {
  /** The last second of the year 9999; what lies behind it means "for ever". */
  private static final Instant LAST = Instant.ofEpochSecond(253_402_300_799L);

  public ValidityWindow {
    if (!isWholeSecond(validAfter) || !isWholeSecond(validBefore)) {
      throw new IllegalArgumentException("a window is in whole seconds");
    }
    if (validAfter.getEpochSecond() < 0 || !validAfter.isBefore(validBefore)) {
      throw new IllegalArgumentException("a window ends after it begins");
    }
    if (validBefore.isAfter(LAST)) {
      throw new IllegalArgumentException("a window is not for ever");
    }
  }

  public Duration length() {
    return Duration.between(validAfter, validBefore);
  }

  public boolean contains(Instant moment) {
    return !moment.isBefore(validAfter) && moment.isBefore(validBefore);
  }

  private static boolean isWholeSecond(Instant moment) {
    return moment.equals(moment.truncatedTo(ChronoUnit.SECONDS));
  }
}
