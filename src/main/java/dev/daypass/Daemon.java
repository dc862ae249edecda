package dev.daypass;

import dev.daypass.config.DaypassConfig;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.keys.BlockedKeys;
import dev.daypass.config.policy.PolicyFile;
import dev.daypass.custody.KeyFile;
import dev.daypass.custody.LoginSealingKey;
import dev.daypass.custody.StateFolder;
import dev.daypass.custody.TwoSlotHeadFile;
import dev.daypass.fleet.HostDirectory;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.issuance.CertificateIssuance;
import dev.daypass.issuance.CertificateRelease;
import dev.daypass.issuance.KeyScreen;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.clock.LinuxClock;
import dev.daypass.ledger.refusal.RefusalLog;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.LoginDesk;
import dev.daypass.login.LoginParts;
import dev.daypass.login.RequestSignatures;
import dev.daypass.oidc.OidcTokenAuthenticator;
import dev.daypass.policy.DutyName;
import dev.daypass.policy.Policy;
import dev.daypass.policy.request.RequestReader;
import dev.daypass.signer.LocalSigner;
import dev.daypass.signer.SignerKeys;
import dev.daypass.signer.SignerLimits;
import dev.daypass.signer.SignerRefused;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteIdentityRegistry;
import dev.daypass.store.SqliteLedgerStore;
import dev.daypass.store.SqliteLoginStore;
import dev.daypass.web.WebBackend;
import dev.daypass.web.WebServer;
import dev.daypass.web.asker.SignatureCheck;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole daemon on one screen: what it is made of, in the order in which it starts. It stops in
 * the reverse order.
 */
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final Duration SUM_UP = Duration.ofMinutes(1);
  private static final Duration OPENING = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Duration RECHECK = Duration.ofSeconds(2);

  private final Deque<AutoCloseable> started;
  private final Ledger ledger;
  private final WebServer web;

  private Daemon(Deque<AutoCloseable> started, Ledger ledger, WebServer web) {
    this.started = started;
    this.ledger = ledger;
    this.web = web;
  }

  /**
   * Starts everything; it answers requests when this returns.
   *
   * @throws DaemonStartFailed with what is wrong and what to do about it
   */
  public static Daemon start(DaypassConfig config, Exit exit) throws DaemonStartFailed {
    Deque<AutoCloseable> started = new ArrayDeque<>();
    try {
      return start(config, exit, started);
    } catch (IOException
        | ConfigInvalid
        | StoreFailed
        | SignerRefused
        | LedgerUnavailable
        | RuntimeException e) {
      stop(started);
      throw new DaemonStartFailed(e);
    }
  }

  private static Daemon start(DaypassConfig config, Exit exit, Deque<AutoCloseable> started)
      throws IOException, ConfigInvalid, StoreFailed, SignerRefused, LedgerUnavailable {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();

    Policy policy = PolicyFile.read(config.policy(), config.identity().keySet()).policy();
    Set<Fingerprint> blocked = BlockedKeys.read(config.keys().blocked());
    StateFolder state = StateFolder.open(config.state());
    SignedTrustBundle bundle = verified(state);
    SignerKeys keys =
        new SignerKeys(
            KeyFile.read(config.keys().userCa(), Optional.empty()),
            KeyFile.read(config.keys().hostCa(), Optional.empty()),
            KeyFile.read(config.keys().ledger(), Optional.empty()));
    TwoSlotHeadFile head = started(started, TwoSlotHeadFile.open(config.ledger().head()));
    Duration lifetime = config.limits().certificateLifetime();
    SignerLimits limits =
        SignerLimits.ofLifetimes(lifetime, config.limits().hostCertificateLifetime());
    LocalSigner signer = LocalSigner.open(keys, limits, head);

    SqliteDatabase database = started(started, SqliteDatabase.open(config.store().sqlite()));
    Ledger ledger =
        started(
            started,
            Ledger.open(
                SqliteLedgerStore.open(database),
                signer,
                config.ledger().origin(),
                LinuxClock.open(),
                random,
                exit::afterDoubtfulCommit));
    OpeningEntries opening = new OpeningEntries(ledger, config, signer.keys(), state);
    RequestSignatures signatures =
        new RequestSignatures(config.url(), clock, System::nanoTime, opening.newestAt());
    // The operator's door opens first: a clock that is in doubt is vouched for through it.
    OperatorSocket door =
        started(
            started,
            OperatorSocket.open(
                state.operatorSocket(), Map.of("thaw-clock", new ClockThaw(ledger))));
    opening.write(policy);

    HostDirectory hosts = HostDirectory.of(config.hosts().known());
    OwnKeys ownKeys = OwnKeys.of(signer.keys(), state, ledger);
    RefusalLog refusals =
        new RefusalLog(ledger, clock, new Space(config.store().sqlite())::isScarce);
    started(started, () -> refusals.sumUp(true));
    SqliteIdentityRegistry registry =
        new SqliteIdentityRegistry(database, exit::afterDoubtfulCommit);
    KeyScreen keyScreen = new KeyScreen(ownKeys::fingerprints, () -> blocked);
    LoginDesk logins =
        new LoginParts(
                new SqliteLoginStore(database, exit::afterDoubtfulCommit),
                LoginSealingKey.open(state.loginSealingKey(), random),
                started(started, OidcProviders.signIn(config, clock)),
                registry,
                ledger,
                refusals,
                keyScreen::refusal,
                config.login(),
                clock,
                random)
            .assemble();
    door.offer(new OperatorLogins(logins).commands());
    CertificateIssuance issuance =
        new CertificateIssuance(
            () -> policy,
            registry,
            new RequestReader(hosts::find),
            keyScreen,
            new CertificateRelease(ledger, signer, lifetime, random, logins::isOpen),
            refusals,
            clock);
    OidcTokenAuthenticator tokens =
        started(started, new OidcTokenAuthenticator(OidcProviders.of(config), clock));
    tokens.warmUp();

    WebServer web =
        started(
            started,
            WebServer.start(
                WebWiring.settings(config),
                new WebBackend(
                    tokens,
                    SignatureCheck.of(signatures),
                    logins,
                    new IssuanceDesk(issuance, opening::written),
                    new WebBackend.Policies(
                        identity -> policy.rolesFor(identity, clock.instant()),
                        identity -> policy.hasDuty(identity, DutyName.OPERATOR, clock.instant())),
                    hosts::find,
                    new LedgerHistory(ledger),
                    new PublishedState(ledger, signer.keys(), bundle.text(), config),
                    new ReadinessChecks(ledger)::report),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                clock,
                random));
    started(started, every(SUM_UP, () -> refusals.sumUp(false)));
    started(started, every(OPENING, () -> writeOpening(opening, policy)));
    started(started, every(RECHECK, logins::recheckDue));
    LOG.info("serving {} on port {}", config.url(), web.port());
    return new Daemon(started, ledger, web);
  }

  /** The port of the API, for those who asked for any free one. */
  public int port() {
    return web.port();
  }

  /** The ledger, for commands that run in the same process. */
  public Ledger ledger() {
    return ledger;
  }

  /** Stops everything in the reverse order; returns when the last part has stopped. */
  @Override
  public void close() {
    stop(started);
  }

  private static <T extends AutoCloseable> T started(Deque<AutoCloseable> started, T part) {
    started.push(part);
    return part;
  }

  private static void stop(Deque<AutoCloseable> started) {
    while (!started.isEmpty()) {
      AutoCloseable part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not stop in order", part, e);
      }
    }
  }

  /** What is published stands in the ledger for good, so it must be the root's. */
  private static SignedTrustBundle verified(StateFolder state) throws IOException {
    SignedTrustBundle bundle = state.newestBundle();
    if (!bundle.verifies(state.rootKey())) {
      throw new IOException(
          "trust bundle "
              + bundle.bundle().number()
              + " is not signed by "
              + state.rootPublicKey());
    }
    return bundle;
  }

  private static void writeOpening(OpeningEntries opening, Policy policy) {
    if (!opening.written()) {
      try {
        opening.write(policy);
      } catch (IOException e) {
        LOG.error("the first entries of this start cannot be made", e);
      }
    }
  }

  private static AutoCloseable every(Duration pause, Runnable chore) {
    ScheduledExecutorService chores =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("chores").factory());
    var _ =
        chores.scheduleWithFixedDelay(
            chore, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return () -> {
      chores.shutdownNow();
      // What it was writing must be written before the store closes under it.
      var _ = chores.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
    };
  }

  /** Whether the volume of a file has less than a fifth left. */
  private record Space(Path path) {
    boolean isScarce() {
      var file = path.toFile();
      return file.getUsableSpace() < file.getTotalSpace() / 5;
    }
  }
}
