package dev.daypass;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.StopCause;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.EntryNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A whole certificate authority in this process: the real daemon on a loopback port of its own,
 * with its keys, its store and its configuration in a throw-away folder, beside an identity
 * provider that vouches for whatever a test claims.
 *
 * <pre>{@code
 * try (TestCa ca = TestCa.start()) {
 *   String token = ca.idp().token("alice@example.com", "dba");
 *   SshSigner key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
 *   CaAnswer answer = ca.client().certificate(key, token).member("reason", "why").send();
 *   assertThat(answer.status()).isEqualTo(201);
 *   ca.checkInvariants();
 * }
 * }</pre>
 *
 * <p>{@link #checkInvariants()} belongs after each step of a scenario: it checks the whole ledger
 * again, with every certificate and checkpoint that the client ever received, over all restarts.
 * Other policies, providers, hosts and limits are given to {@link #with()}.
 */
public final class TestCa implements AutoCloseable {
  /** The role that a request asks for unless it says otherwise; it needs the group {@code dba}. */
  public static final String ROLE = "prod-db-debug";

  private final Path folder;
  private final TestIdp idp;
  private final CaFiles files;
  private final Observed observed = new Observed();
  private final CaClient client;
  private final LedgerInvariants invariants;
  private final List<StopCause> exits = new CopyOnWriteArrayList<>();
  private Optional<Daemon> daemon = Optional.empty();

  private TestCa(Path folder, TestIdp idp, CaFiles files) {
    this.folder = folder;
    this.idp = idp;
    this.files = files;
    this.client = new CaClient(files, observed);
    this.invariants = new LedgerInvariants(files);
  }

  /** Starts one with the usual role and limits that no test meets by accident. */
  public static TestCa start() {
    return with().start();
  }

  /** One that differs from the usual. */
  public static TestCaPlan with() {
    return new TestCaPlan();
  }

  static TestCa start(TestCaPlan plan) {
    TestIdp idp = new TestIdp();
    try {
      Path folder = Files.createTempDirectory("daypass-ca-");
      CaFiles files =
          CaFiles.make(folder, folder.resolve("head").resolve("head"), plan.settings(idp.issuer()));
      TestCa ca = new TestCa(folder, idp, files);
      ca.startDaemon();
      return ca;
    } catch (IOException e) {
      idp.close();
      throw new UncheckedIOException(e);
    }
  }

  public TestIdp idp() {
    return idp;
  }

  public CaClient client() {
    return client;
  }

  public CaFiles files() {
    return files;
  }

  /** Every certificate and checkpoint that the client received. */
  public Observed observed() {
    return observed;
  }

  /** The running daemon, for its ledger. */
  public Daemon daemon() {
    return daemon.orElseThrow(() -> new AssertionError("the daemon is stopped"));
  }

  /** The details of the entries of that kind, in order. */
  public List<JsonObject> details(EntryKind kind) throws LedgerUnavailable, JsonFormatException {
    List<JsonObject> found = new ArrayList<>();
    Ledger ledger = daemon().ledger();
    for (long number = 0; number < ledger.size().value(); number++) {
      EntryNumber entry = new EntryNumber(number);
      if (ledger.entry(entry).map(Entry::kind).filter(kind::equals).isPresent()) {
        found.add((JsonObject) CanonicalJson.decode(ledger.details(entry).orElseThrow()));
      }
    }
    return found;
  }

  /** Why the daemon asked for its process to end, each time that it did. */
  public List<StopCause> exits() {
    return List.copyOf(exits);
  }

  /** Stops the daemon in order; the files stay. */
  public void stopDaemon() {
    daemon.ifPresent(Daemon::close);
    daemon = Optional.empty();
  }

  /** Starts the daemon again on the same files, as they are now. */
  public void startDaemon() {
    try {
      daemon = Optional.of(Daemon.start(files.reread().config(), (why, _) -> exits.add(why)));
      // The daemon's memory of requests began before this very moment.
      client.restartedAt(Instant.now());
    } catch (DaemonStartFailed e) {
      Object why = e.getCause() instanceof ConfigInvalid invalid ? invalid.problems() : e;
      throw new AssertionError("the daemon does not start: " + why, e);
    }
  }

  /** Starts again under a configuration that a test has changed. */
  public void restartAs(UnaryOperator<String> change) throws IOException {
    stopDaemon();
    Path file = files.configFile();
    Files.writeString(file, change.apply(Files.readString(file)));
    startDaemon();
  }

  /** Stops and starts again. */
  public void restart() {
    stopDaemon();
    startDaemon();
  }

  /**
   * Checks all that must hold of the ledger at this moment (RELIABILITY, R1): the whole ledger
   * verifies, no serial was used twice, each certificate that was released is the one of its {@code
   * certificate.granted} and included in the tree of now, and any two checkpoints ever seen are
   * consistent.
   */
  public void checkInvariants() {
    try {
      if (daemon.isPresent() && client.readiness().status() == 200) {
        var _ = client.checkpoint();
      }
      // What was received before the copy is made must be in the copy.
      var released = observed.certificates();
      var checkpoints = observed.checkpoints();
      try (LedgerCopy copy = LedgerCopy.ofLive(files.store())) {
        invariants.check(copy.store(), released, checkpoints);
      }
    } catch (IOException | StoreFailed e) {
      throw new AssertionError("the ledger cannot be read", e);
    }
  }

  /** Stops everything and deletes the folder. */
  @Override
  public void close() {
    stopDaemon();
    client.close();
    idp.close();
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
