package dev.daypass.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code daypassd serve}. */
@Command(name = "serve", description = "Run the daemon until it is told to stop.")
final class ServeCommand implements Callable<Integer> {
  private final Daypassd root;
  private final DaemonStart daemon;

  ServeCommand(Daypassd root, DaemonStart daemon) {
    this.root = root;
    this.daemon = daemon;
  }

  @Override
  public Integer call() throws Exception {
    return daemon.run(root.config());
  }
}
