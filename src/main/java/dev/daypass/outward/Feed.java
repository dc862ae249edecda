package dev.daypass.outward;

import dev.daypass.ledger.publish.CopyPosition;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.StoreFailed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One target that is told of each entry. {@link #advance} tells it what is new, and is called again
 * and again by one thread; it reads from the ledger, so that a target that is away costs no memory.
 *
 * <p>The order: the target has it, then our position moves. A crash in between tells it again; the
 * number in each event says so. A ledger that is not a continuation of what was told tells nothing.
 *
 * @param <T> what the target takes
 */
public final class Feed<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  /** For how long one call goes on before it keeps its position. */
  private static final Duration TURN = Duration.ofSeconds(1);

  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MOST_PAUSE = Duration.ofMinutes(1);

  private final FeedSource source;
  private final Rendering<T> rendering;
  private final OutwardTarget<T> target;
  private final CopyPosition position;
  private final FeedBeginning beginning;
  private final InstantSource clock;

  /** The advancing thread's, as the three after it; empty until the position was read. */
  private Optional<FeedPlace> place = Optional.empty();

  private Optional<FeedPlace> kept = Optional.empty();
  private Duration pause = LEAST_PAUSE;
  private Instant notBefore = Instant.MIN;

  /** Written by the advancing thread only. */
  private volatile Optional<String> failure = Optional.empty();

  /** Written by the advancing thread only. */
  private volatile long told;

  public Feed(
      FeedSource source,
      Rendering<T> rendering,
      OutwardTarget<T> target,
      CopyPosition position,
      FeedBeginning beginning,
      InstantSource clock) {
    this.source = source;
    this.rendering = rendering;
    this.target = target;
    this.position = position;
    this.beginning = beginning;
    this.clock = clock;
  }

  public FeedStanding standing() {
    return new FeedStanding(target.name(), Math.max(0, source.size() - told), failure);
  }

  /**
   * Tells what is new, for about a second; what goes wrong is seen in {@link #standing}, and tried
   * again later and later, after a minute at most.
   *
   * @return whether there may be more to tell at once
   */
  public boolean advance() {
    Instant now = clock.instant();
    if (now.isBefore(notBefore) && now.plus(SendLater.MOST).isAfter(notBefore)) {
      return false; // further ahead is no pause of ours: the clock was set back
    }
    try {
      boolean more = tellUntil(now.plus(TURN));
      keep();
      goesOn();
      return more;
    } catch (IOException | StoreFailed | RuntimeException e) {
      keepAfter(e);
      fails(e);
      return false;
    }
  }

  private boolean tellUntil(Instant end) throws IOException, StoreFailed {
    if (place.isEmpty()) {
      Optional<String> known = position.read();
      place =
          Optional.of(
              known.isPresent() ? source.resumed(known.get()) : source.beginning(beginning));
    }
    boolean more = true;
    while (more && clock.instant().isBefore(end)) {
      more = tellSome(place.get());
    }
    told = place.get().next();
    return more;
  }

  private boolean tellSome(FeedPlace from) throws IOException, StoreFailed {
    List<ReadEntry> entries = source.entries(from, target.batch());
    if (entries.isEmpty()) {
      return false;
    }
    List<T> rendered = new ArrayList<>();
    for (ReadEntry entry : entries) {
      rendered.addAll(rendering.of(entry));
    }
    if (!rendered.isEmpty()) {
      target.send(rendered);
    }
    place = Optional.of(from.after(entries.getLast()));
    told = place.get().next();
    return true;
  }

  private void keep() throws IOException {
    if (place.isPresent() && !place.equals(kept)) {
      position.write(place.get().text());
      kept = place;
    }
  }

  /** What was told before the failure is not to be told again. */
  private void keepAfter(Exception failed) {
    try {
      keep();
    } catch (IOException e) {
      failed.addSuppressed(e);
    }
  }

  private void goesOn() {
    if (failure.isPresent()) {
      LOG.info("{} is told again", target.name());
    }
    failure = Optional.empty();
    pause = LEAST_PAUSE;
    notBefore = Instant.MIN;
  }

  private void fails(Exception cause) {
    String why = String.valueOf(cause.getMessage());
    if (failure.isEmpty()) {
      LOG.warn("{} is not told, and that is tried again: {}", target.name(), why);
    }
    failure = Optional.of(why);
    Duration wait = cause instanceof SendLater later ? later.pause() : pause;
    notBefore = clock.instant().plus(wait);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : doubled;
  }
}
