package dev.daypass.custody.socket;

import java.io.IOException;
import java.time.Duration;

/** The other process is there, and silent. */
final class NoAnswerInTime extends IOException {
  private static final long serialVersionUID = 1;

  NoAnswerInTime(Duration patience) {
    super("no answer within " + patience.toSeconds() + " s");
  }
}
