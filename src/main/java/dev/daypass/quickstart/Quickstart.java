package dev.daypass.quickstart;

import dev.daypass.config.ConfigReader;
import dev.daypass.config.DaypassConfig;
import dev.daypass.custody.KeyCeremony;
import dev.daypass.custody.KeyCeremonyPlan;
import dev.daypass.custody.StateFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The main job, told as it happens: an identity provider, the daemon, a certificate, a login, and
 * what the ledger says of it.
 */
public final class Quickstart {
  static final String ROLE = "prod-db-debug";

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final RunningDaemon.Launcher launcher;
  private final Path image;
  private final Story story;

  /** What was started, to be stopped in the reverse order. */
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  /**
   * A quickstart.
   *
   * @param image the folder of the image, which holds {@code bin/} and {@code runtime/}
   */
  public Quickstart(RunningDaemon.Launcher launcher, Path image, PrintStream out, boolean colour) {
    this.launcher = launcher;
    this.image = image;
    this.story = new Story(out, colour);
  }

  /**
   * Runs it.
   *
   * @param once end after the story instead of staying until the process is told to stop
   * @param keptState a state folder to keep; a throw-away one without it
   */
  public void run(boolean once, Optional<Path> keptState) throws Exception {
    story.title("daypass quickstart: one certificate, from login to shell");
    new Programs(story).require();
    Path state = keptState.isPresent() ? keptState.get().toAbsolutePath() : throwAway();
    Thread stopping = new Thread(() -> stop(keptState.isEmpty(), state), "quickstart-stop");
    Runtime.getRuntime().addShutdownHook(stopping);
    try {
      Scene scene = open(state);
      new LoginStory(story, scene).tell();
      new LedgerStory(story, scene).tell();
      new Suggestions(story, scene).tell(once);
      if (!once) {
        Thread.currentThread().join();
      }
    } finally {
      Runtime.getRuntime().removeShutdownHook(stopping);
      stop(keptState.isEmpty(), state);
    }
  }

  private Scene open(Path state) throws Exception {
    // Everything in it is for its owner alone, from the first file on.
    StateFolder.open(Files.createDirectories(state, PRIVATE));
    Ports ports = Ports.keptIn(state);
    String client = client();
    DevelopmentProvider identities =
        started(DevelopmentProvider.start(image, state, ports.provider(), client));

    story.step("A certificate authority of your own, in " + state);
    DaypassConfig config = configure(state, ports, identities.issuer(), client);
    initialise(state, config);
    story.fact("keys", "user CA, host CA, ledger, channel: made by init, files of mode 0600");
    story.fact("policy", "role " + ROLE + ": group dba, 5 minutes unless asked for up to 1 hour");
    story.fact("audience", "a development identity provider, which vouches for whoever runs this");
    identities.await();
    RunningDaemon daemon = started(launcher.start(config));
    story.good("daypassd serves " + config.url());

    String userCa = Files.readString(config.keys().userCa().publicHalf()).strip();
    LoopbackSshd sshd =
        started(
            LoopbackSshd.start(
                state.resolve("sshd"), ports.sshd(), userCa, List.of("daypass:" + ROLE)));
    story.good("sshd, as Debian ships it, trusts that CA key, on port " + sshd.port());
    return new Scene(image, state, config, identities, daemon, sshd.port(), account());
  }

  private static DaypassConfig configure(Path state, Ports ports, String issuer, String client)
      throws Exception {
    Map<String, String> values =
        Map.of(
            "port", Integer.toString(ports.api()),
            "metrics", Integer.toString(ports.metrics()),
            "state", state.toString(),
            "issuer", issuer,
            "client", client,
            "account", account());
    Path file = state.resolve("daypass.yaml");
    Files.writeString(file, Templates.fill("daypass.yaml", values));
    Files.writeString(state.resolve("policy.yaml"), Templates.fill("policy.yaml", values));
    return new ConfigReader(Optional.empty()).read(file);
  }

  private static void initialise(Path state, DaypassConfig config) throws Exception {
    if (Files.notExists(config.ledger().head())) {
      var _ =
          KeyCeremony.perform(
              KeyCeremonyPlan.withDefaults(
                  state,
                  config.ledger().head(),
                  config.ledger().origin(),
                  Clock.systemUTC().instant()));
    }
  }

  private static String account() {
    return System.getProperty("user.name");
  }

  private static Path throwAway() throws IOException {
    return Files.createTempDirectory("daypass-quickstart-", PRIVATE);
  }

  /** Nobody can guess it: whoever could would log in here as the one who runs the quickstart. */
  private static String client() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return "daypass-" + HexFormat.of().formatHex(random);
  }

  private <T extends AutoCloseable> T started(T part) {
    synchronized (started) {
      started.push(part);
    }
    return part;
  }

  private void stop(boolean deleteState, Path state) {
    synchronized (started) {
      while (!started.isEmpty()) {
        try {
          started.pop().close();
        } catch (Exception e) {
          story.say("did not stop in order: " + e.getMessage());
        }
      }
    }
    if (deleteState) {
      FolderTree.delete(state);
    }
  }
}
