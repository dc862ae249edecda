package dev.daypass.outward;

import java.io.IOException;
import java.time.Duration;

/** A target that takes nothing now, and says how long to wait. */
public final class SendLater extends IOException {
  private static final long serialVersionUID = 1;

  /** Nobody is believed who wants to be left alone for longer. */
  static final Duration MOST = Duration.ofMinutes(10);

  private final Duration pause;

  public SendLater(String message, Duration pause) {
    super(message);
    this.pause = pause.compareTo(MOST) > 0 ? MOST : pause;
  }

  Duration pause() {
    return pause;
  }
}
