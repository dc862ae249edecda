package dev.daypass.cli.backup;

import dev.daypass.cli.terminal.Surroundings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says on a terminal how much of a file has been written by somebody else; gone when closed. */
final class CopyBar implements AutoCloseable {
  private static final long PAUSE_MILLIS = 200;

  private final PrintStream stream;
  private final boolean shown;
  private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();

  private CopyBar(PrintStream stream, boolean shown) {
    this.stream = stream;
    this.shown = shown;
  }

  /**
   * @param file the one that grows
   * @param whole how long it will be, in bytes
   */
  static CopyBar start(Surroundings around, Path file, long whole) {
    CopyBar bar = new CopyBar(around.err(), around.isTerminal());
    if (bar.shown) {
      var _ =
          bar.watch.scheduleAtFixedRate(
              () -> bar.show(file, whole), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
    return bar;
  }

  @Override
  public void close() {
    watch.close();
    if (shown) {
      stream.print("\r\u001b[K");
      stream.flush();
    }
  }

  private void show(Path file, long whole) {
    try {
      long written = Files.exists(file) ? Files.size(file) : 0;
      stream.print("\r  copied " + Math.min(100, 100 * written / Math.max(1, whole)) + " %");
      stream.flush();
    } catch (IOException _) {
      // The next look may succeed; the copy itself reports what goes wrong with it.
    }
  }
}
