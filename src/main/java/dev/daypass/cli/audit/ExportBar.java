package dev.daypass.cli.audit;

import java.io.PrintStream;

/** How far an export has come, on the terminal's last line; gone when it is done. */
final class ExportBar {
  private final PrintStream stream;
  private final boolean shown;
  private long percent = -1;

  ExportBar(PrintStream stream, boolean shown) {
    this.stream = stream;
    this.shown = shown;
  }

  void reached(long number, long of) {
    long now = number * 100 / Math.max(1, of);
    if (shown && now != percent) {
      percent = now;
      stream.print("\r  " + now + " % of " + of + " entries");
      stream.flush();
    }
  }

  void finish() {
    if (shown) {
      stream.print("\r\u001b[K");
      stream.flush();
    }
  }
}
