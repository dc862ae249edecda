package dev.daypass.quickstart;

import dev.daypass.config.DaypassConfig;
import dev.daypass.ledger.Ledger;

/** The daemon, as far as the quickstart needs it. */
public interface RunningDaemon extends AutoCloseable {
  Ledger ledger();

  @Override
  void close();

  /** Starts one; {@code Main} gives the real one. */
  @FunctionalInterface
  interface Launcher {
    RunningDaemon start(DaypassConfig config) throws Exception;
  }
}
