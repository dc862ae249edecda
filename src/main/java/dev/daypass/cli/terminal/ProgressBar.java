package dev.daypass.cli.terminal;

import dev.daypass.ledger.verify.Progress;
import java.io.PrintStream;
import java.util.Locale;

/** A progress bar on the terminal's last line, gone when all is done. */
public final class ProgressBar implements Progress {
  private static final int WIDTH = 30;

  private final PrintStream stream;
  private final boolean shown;
  private long percent = -1;

  /**
   * A bar of that stream.
   *
   * @param shown whether somebody looks: in a file it would be noise
   */
  public ProgressBar(PrintStream stream, boolean shown) {
    this.stream = stream;
    this.shown = shown;
  }

  @Override
  public void reached(long entries, long of) {
    long now = of == 0 ? 100 : entries * 100 / of;
    if (!shown || now == percent) {
      return;
    }
    percent = now;
    int full = (int) (WIDTH * now / 100);
    stream.print(
        "\r  [%s%s] %d %% of %,d entries"
            .formatted("#".repeat(full), ".".repeat(WIDTH - full), now, of)
            .replace(',', ' ')
            .toLowerCase(Locale.ROOT));
    if (entries == of) {
      stream.print("\r\u001b[K");
    }
    stream.flush();
  }
}
