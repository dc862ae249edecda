package dev.daypass.login.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a login stands with its identity provider.
 *
 * @param passedAt when the provider last stood by it
 * @param unreachableSince since when it could not be asked
 * @param inFlight whether a check was sent whose result was never written: in this moment, or by a
 *     process that crashed
 */
public record CheckMark(Instant passedAt, Optional<Instant> unreachableSince, boolean inFlight) {
  /** A provider that has just stood by it. */
  public static CheckMark passed(Instant at) {
    return new CheckMark(at, Optional.empty(), false);
  }
}
