package dev.daypass.cli;

import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Surroundings;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.ssh.signature.CryptoProviders;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code daypassd version}: also says which provider does the cryptography. */
@Command(name = "version", description = "Say which version this is and what signs in it.")
final class VersionCommand implements Callable<Integer>, IVersionProvider {
  private final Surroundings surroundings;

  VersionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Terminal terminal = Terminal.out(surroundings);
    terminal.heading("daypass " + number());
    terminal.facts(
        new Facts()
            .add("crypto", CryptoProviders.description())
            .add("java", Runtime.version().toString())
            .add("system", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
    return ExitCode.DONE;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"daypass " + number()};
  }

  /** From the jar's manifest; a build that was not packaged has none. */
  private static String number() {
    return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
