package dev.daypass.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd quickstart}. */
@Command(
    name = "quickstart",
    description = "Try everything on this machine: a certificate, from login to shell.")
final class QuickstartCommand implements Callable<Integer> {
  private final Daypassd root;
  private final QuickstartStart quickstart;

  @Option(names = "--once", description = "End after the story instead of staying up.")
  private boolean once;

  QuickstartCommand(Daypassd root, QuickstartStart quickstart) {
    this.root = root;
    this.quickstart = quickstart;
  }

  @Override
  public Integer call() throws Exception {
    return quickstart.run(root.surroundings(), once, root.state());
  }
}
