package dev.daypass;

import dev.daypass.cli.Daypassd;
import dev.daypass.cli.terminal.Surroundings;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.signer.SignerConfig;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.StopCause;
import dev.daypass.quickstart.Quickstart;
import dev.daypass.quickstart.QuickstartFailed;
import dev.daypass.quickstart.RunningDaemon;
import dev.daypass.reload.Hangup;
import dev.daypass.systemd.ReadinessProbe;
import dev.daypass.systemd.Supervision;
import java.io.Console;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** The entry point of {@code daypassd}. */
public final class Main {
  /** After a commit whose outcome is in doubt; the service manager starts the daemon again. */
  private static final int DOUBTFUL = 70;

  /** How long the daemon's own listener may take to say how it is. */
  private static final Duration PROBE = Duration.ofSeconds(5);

  private Main() {}

  static void main(String[] arguments) {
    if (List.of(arguments).contains("quickstart")) {
      // Read when the first logger is made: the story is told without the daemon's diagnostics.
      System.setProperty("daypass.log", "WARN");
    }
    Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    Surroundings surroundings =
        new Surroundings(
            System.out,
            System.err,
            System.getenv(),
            Clock.systemUTC(),
            terminal.isPresent(),
            terminal.map(
                console -> question -> Optional.ofNullable(console.readPassword("%s", question))));
    System.exit(Daypassd.run(arguments, surroundings, Main::serve, Main::sign, Main::quickstart));
  }

  /** Serves until the process is told to stop. */
  private static int serve(DaypassConfig config) throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    Supervision systemd = supervision();
    Daemon daemon = Daemon.start(config, Main::exitNow);
    Hangup.handle(() -> systemd.reloading(() -> daemon.reload("SIGHUP")));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  systemd.stopping();
                  daemon.close();
                  stopped.countDown();
                },
                "shutdown"));
    systemd.ready(new ReadinessProbe(daemon::answer, PROBE));
    stopped.await();
    return 0;
  }

  private static Supervision supervision() {
    return Supervision.of(System.getenv(), ProcessHandle.current().pid(), System::nanoTime);
  }

  /** Signs until the process is told to stop. */
  private static int sign(SignerConfig config) throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    Supervision systemd = supervision();
    SignerProcess signer = SignerProcess.start(config, () -> Runtime.getRuntime().halt(DOUBTFUL));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  systemd.stopping();
                  signer.close();
                  stopped.countDown();
                },
                "shutdown"));
    systemd.ready(signer::state);
    stopped.await();
    return 0;
  }

  private static int quickstart(Surroundings surroundings, boolean once, Optional<Path> state)
      throws Exception {
    // The launcher script says where the image lies.
    Path image = Path.of(System.getProperty("daypass.home", "target/daypass")).toAbsolutePath();
    Quickstart quickstart =
        new Quickstart(Main::launch, image, surroundings.out(), surroundings.isTerminal());
    try {
      quickstart.run(once, state);
      return 0;
    } catch (QuickstartFailed e) {
      surroundings.err().println("quickstart: " + e.getMessage());
      surroundings.err().println("  " + e.remedy());
      return 1;
    }
  }

  private static RunningDaemon launch(DaypassConfig config) throws Exception {
    Daemon daemon = Daemon.start(config, Main::exitNow);
    return new RunningDaemon() {
      @Override
      public Ledger ledger() {
        return daemon.ledger();
      }

      @Override
      public void close() {
        daemon.close();
      }
    };
  }

  /** No shutdown hook may run: it would try to commit again. */
  private static void exitNow(StopCause why, Throwable cause) {
    LoggerFactory.getLogger(Main.class).error("stopping at once: {}", why, cause);
    Runtime.getRuntime().halt(DOUBTFUL);
  }
}
