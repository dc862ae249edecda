package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.OperatorDoor;
import dev.daypass.SignerRun;
import dev.daypass.TestCa;
import dev.daypass.TestCaPlan;
import dev.daypass.TestHost;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.Operator;
import dev.daypass.e2e.machine.HostRoot;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.SignedNote;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A certificate authority whose keys change, a server that joined it, and somebody who logs in
 * there without a pause: with a certificate and a known_hosts file that are seconds old at most.
 */
final class Rotation implements AutoCloseable {
  static final String NAME = "db-7.prod.example.com";
  private static final String LIFE = "10s";

  /** A busy machine takes seconds for a login, which must not outlive its certificate. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(6);

  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long PAUSE_NANOS = 100_000_000;

  private final TestCa ca;
  private final KeyShelf shelf;
  private final Operator operator;
  private final HostRoot server;
  private final KeyShelf.Numbers numbers = new KeyShelf.Numbers();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final AtomicInteger succeeded = new AtomicInteger();
  private final Path draft;
  private final int port;
  private final Future<?> load;
  private volatile boolean enough;

  /** Held while the daemon or its signer is down: nobody asks it then. */
  private final Object daemonUp = new Object();

  private Rotation(TestCa ca, KeyShelf shelf, HostRoot server, String mode) throws IOException {
    this.ca = ca;
    this.shelf = shelf;
    this.operator = new Operator(ca);
    this.server = server;
    this.draft = server.folder().resolve("draft");
    server.makeAccount(ServerLife.ACCOUNT);
    String token = TestHost.token(ca, NAME, "env=prod", "tier=db");
    well(server.host("join", "--token", token, "--mode", mode));
    this.port = server.startSshd();
    this.load = thread.submit(() -> logInAgainAndAgain());
  }

  static Rotation start(HostRoot server, String mode) throws Exception {
    TestCa ca = plan().start();
    return started(new Rotation(ca, new KeyShelf.OfDaemon(ca.files()), server, mode));
  }

  /** With the keys behind a separate signer. */
  static Rotation start(HostRoot server, String mode, SignerRun signer) throws Exception {
    TestCa ca = plan().keys(_ -> signer.keys()).start();
    return started(new Rotation(ca, new KeyShelf.OfSigner(signer), server, mode));
  }

  private static TestCaPlan plan() {
    return TestCa.with().hosts("patterns: [\"*.prod.example.com\"]\n");
  }

  private static Rotation started(Rotation rotation) throws Exception {
    rotation.logins(1);
    return rotation;
  }

  TestCa ca() {
    return ca;
  }

  Operator operator() {
    return operator;
  }

  /** The key that signs for that use, as an operator sees it. */
  Fingerprint active(KeyUse use) throws Exception {
    for (String line : OperatorDoor.ask(ca, "list-keys")) {
      String[] words = line.split(" ", -1);
      if (words[0].equals(use.keyName()) && words[2].equals("active")) {
        return Fingerprint.parse(URLDecoder.decode(words[1], StandardCharsets.UTF_8));
      }
    }
    throw new AssertionError("no active " + use);
  }

  /** Makes a key, names it in the configuration and in the ledger. */
  Fingerprint add(KeyUse use) throws Exception {
    Path key = numbers.another(use, shelf);
    synchronized (daemonUp) {
      shelf.namedAnother();
    }
    Files.deleteIfExists(draft);
    operator.run("ca", "add", use.keyName(), "--out", draft.toString());
    return CaKey.fingerprint(key);
  }

  /** Root signs where it is, the operator publishes here. */
  void publishDraft() throws IOException {
    Path signed = server.folder().resolve("signed");
    Files.deleteIfExists(signed);
    Path root = ca.files().state().resolve("offline").resolve("root");
    operator.run(
        "bundle", "sign", draft.toString(), "--root", root.toString(), "--out", signed.toString());
    operator.run("bundle", "publish", signed.toString());
  }

  void serverRefreshes() throws IOException {
    well(server.host("refresh"));
  }

  /** The second refresh tells the daemon what the first has put in force. */
  void serverTakesItUp() throws IOException {
    serverRefreshes();
    serverRefreshes();
  }

  /** It does so once another key signs, long before it is due. */
  void serverRenewsItsCertificate() throws IOException {
    String before = server.read("/etc/daypass-host/host-cert.pub");
    well(server.host("refresh"));
    assertThat(server.read("/etc/daypass-host/host-cert.pub")).isNotEqualTo(before);
  }

  void activate(Fingerprint key, String... options) {
    List<String> words = new ArrayList<>(List.of("ca", "activate", key.toString()));
    words.addAll(List.of(options));
    operator.run(words.toArray(String[]::new));
  }

  /** A certificate that lives longer than the test. */
  Holder lasting() throws Exception {
    return Holder.granted(ca, server.folder(), "berta", TestCa.ROLE, "10m");
  }

  /** What a command says that is refused. */
  String refused(String... words) {
    return operator.refused(words);
  }

  void retire(Fingerprint key, String... options) throws IOException {
    Files.deleteIfExists(draft);
    List<String> words =
        new ArrayList<>(List.of("ca", "retire", key.toString(), "--out", draft.toString()));
    words.addAll(List.of(options));
    operator.run(words.toArray(String[]::new));
  }

  void retireWhenNothingIsAlive(Fingerprint key) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!isUnused(key)) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    retire(key);
  }

  /** So many more logins, none refused. */
  void logins(int more) throws Exception {
    int until = succeeded.get() + more;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (succeeded.get() < until) {
      if (load.isDone()) {
        end();
      }
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  void restart() {
    synchronized (daemonUp) {
      ca.restart();
    }
  }

  void assertLastCheckpointIsSignedByBoth() throws Exception {
    try (Stream<Path> notes = Files.list(ca.files().state().resolve("handovers"))) {
      Path only = notes.toList().getFirst();
      SignedNote note = SignedNote.parse(Files.readString(only));
      assertThat(note.signatures()).hasSize(2);
      assertThat(ca.files().ledgerKeys())
          .as("each of the keys has signed it")
          .allMatch(key -> CaKey.note(ca, key).verifies(note));
    }
  }

  @Override
  public void close() throws IOException {
    enough = true;
    try {
      end();
    } finally {
      thread.close();
      server.close();
      ca.checkInvariants();
      ca.close();
    }
  }

  private void end() throws IOException {
    try {
      load.get();
    } catch (ExecutionException e) {
      throw new AssertionError(server.log(port), e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Void logInAgainAndAgain() throws Exception {
    while (!enough) {
      Holder alice;
      Path known = Files.createTempFile(server.folder(), "known", "");
      synchronized (daemonUp) {
        alice = Holder.granted(ca, server.folder(), "alice", TestCa.ROLE, LIFE);
        Files.writeString(known, ca.client().get("/v1/known-hosts", Map.of()).body());
      }
      Instant end = alice.certificate().content().window().validBefore();
      Instant last = end.minus(LONG_ENOUGH);
      while (!enough && Instant.now().isBefore(last)) {
        // An sshd that reads its configuration again does not listen for a moment.
        Command ssh = server.strictSsh(port, alice.key(), alice.file(), known, NAME);
        Command.Result result =
            ssh.and("-o", "ConnectionAttempts=3", ServerLife.ACCOUNT + "@127.0.0.1", "id -un")
                .run();
        // A busy machine may have taken longer for it than the certificate lives.
        if (Instant.now().isBefore(end)) {
          assertThat(result.out()).as(result.toString()).isEqualTo(ServerLife.ACCOUNT + "\n");
          succeeded.incrementAndGet();
        }
      }
    }
    return null;
  }

  private boolean isUnused(Fingerprint key) throws IOException {
    return OperatorDoor.ask(ca, "list-keys").stream()
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length > 4)
        .filter(words -> words[1].equals(CaKey.word(key)))
        .anyMatch(words -> words[4].equals("0"));
  }

  private static void well(Command.Result result) {
    assertThat(result.exit()).as(result.toString()).isZero();
  }
}
