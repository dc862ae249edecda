package dev.daypass;

import dev.daypass.cli.Daypassd;
import dev.daypass.cli.Surroundings;
import dev.daypass.config.DaypassConfig;
import java.io.Console;
import java.time.Clock;
import java.util.Optional;

/** The entry point of {@code daypassd}. */
public final class Main {
  private Main() {}

  static void main(String[] arguments) {
    boolean isTerminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    Surroundings surroundings =
        new Surroundings(System.out, System.err, System.getenv(), Clock.systemUTC(), isTerminal);
    System.exit(Daypassd.run(arguments, surroundings, Main::serve));
  }

  private static int serve(DaypassConfig config) {
    throw new IllegalStateException("nothing serves " + config.url() + " yet");
  }
}
