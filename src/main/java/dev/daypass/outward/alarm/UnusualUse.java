package dev.daypass.outward.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rule for what is unusual. A person's use is held against the same person's uses of the 90
 * days before, the last 200 of them:
 *
 * <ul>
 *   <li>network: none of them came from its /24 (IPv4) or /48 (IPv6);
 *   <li>computer: it is a login, and no login among them called its computer so;
 *   <li>hour: there are 20 or more of them, and none within two hours of its hour of the day (UTC).
 * </ul>
 *
 * A person's first use is never unusual. What was told once is among the uses from then on.
 */
final class UnusualUse {
  static final int REMEMBERED = 200;
  static final Duration HORIZON = Duration.ofDays(90);

  private static final int HABIT = 20;
  private static final int NEAR_HOURS = 2;
  private static final int DAY = 24;

  private UnusualUse() {}

  /** In which way it is. */
  enum Kind {
    NETWORK,
    COMPUTER,
    HOUR
  }

  /**
   * All that is unusual about it.
   *
   * @param known uses of the same person in order; later ones are not looked at
   */
  static List<Kind> of(Use use, List<Use> known) {
    Instant since = use.at().minus(HORIZON);
    List<Use> earlier =
        known.stream()
            .filter(past -> past.number() < use.number() && past.at().isAfter(since))
            .toList();
    List<Kind> found = new ArrayList<>();
    if (isNew(use.network(), earlier.stream().map(Use::network).toList())) {
      found.add(Kind.NETWORK);
    }
    if (isNew(use.computer(), earlier.stream().map(Use::computer).toList())) {
      found.add(Kind.COMPUTER);
    }
    if (earlier.size() >= HABIT && earlier.stream().noneMatch(past -> isNear(use, past))) {
      found.add(Kind.HOUR);
    }
    return found;
  }

  /** New is what differs from all that is known, not what nothing is known beside. */
  private static boolean isNew(Optional<String> thing, List<Optional<String>> earlier) {
    return thing.isPresent()
        && earlier.stream().anyMatch(Optional::isPresent)
        && !earlier.contains(thing);
  }

  private static boolean isNear(Use one, Use other) {
    int apart = Math.abs(one.hour() - other.hour());
    return Math.min(apart, DAY - apart) <= NEAR_HOURS;
  }
}
