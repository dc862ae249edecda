package dev.daypass.cli;

import dev.daypass.config.DaypassConfig;

/** Runs the daemon until it is told to stop; {@code Main} gives {@code Daemon}. */
@FunctionalInterface
public interface DaemonStart {

  /** Answers the exit code. */
  int run(DaypassConfig config) throws Exception;
}
