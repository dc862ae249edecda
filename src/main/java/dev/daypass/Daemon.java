package dev.daypass;

import dev.daypass.config.DaypassConfig;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.keys.BlockedKeys;
import dev.daypass.config.policy.LoadedPolicy;
import dev.daypass.config.policy.PolicyFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.HostDirectory;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.host.HostRegistry;
import dev.daypass.issuance.Freeze;
import dev.daypass.issuance.KeyScreen;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.refusal.RefusalLog;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.LoginDesk;
import dev.daypass.login.RequestSignatures;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.metrics.Watched;
import dev.daypass.operator.ClockThaw;
import dev.daypass.operator.OperatorErasures;
import dev.daypass.operator.OperatorExports;
import dev.daypass.operator.OperatorFreeze;
import dev.daypass.operator.OperatorHosts;
import dev.daypass.operator.OperatorKeys;
import dev.daypass.operator.OperatorLogins;
import dev.daypass.operator.OperatorReload;
import dev.daypass.operator.OperatorRevocations;
import dev.daypass.operator.OperatorSocket;
import dev.daypass.reload.FileWatch;
import dev.daypass.reload.PolicyShelf;
import dev.daypass.reload.Reload;
import dev.daypass.revocation.Revocations;
import dev.daypass.revocation.publish.KrlService;
import dev.daypass.signer.SignerRefused;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.signature.CryptoProviders;
import dev.daypass.web.WebBackend;
import dev.daypass.web.WebServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
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
  private static final Duration LOOK_AHEAD = Duration.ofMinutes(10);
  private static final Duration RECHECK = Duration.ofSeconds(2);

  private final RunningParts parts;
  private final Ledger ledger;
  private final WebServer web;
  private final Reload reload;

  private Daemon(RunningParts parts, Ledger ledger, WebServer web, Reload reload) {
    this.parts = parts;
    this.ledger = ledger;
    this.web = web;
    this.reload = reload;
  }

  /**
   * Starts everything; it answers requests when this returns.
   *
   * @throws DaemonStartFailed with what is wrong and what to do about it
   */
  public static Daemon start(DaypassConfig config, Exit exit) throws DaemonStartFailed {
    RunningParts parts = new RunningParts();
    try {
      return start(config, exit, parts);
    } catch (IOException
        | ConfigInvalid
        | StoreFailed
        | SignerRefused
        | LedgerUnavailable
        | RuntimeException e) {
      parts.close();
      throw new DaemonStartFailed(e);
    }
  }

  private static Daemon start(DaypassConfig config, Exit exit, RunningParts parts)
      throws IOException, ConfigInvalid, StoreFailed, SignerRefused, LedgerUnavailable {
    LoadedPolicy loaded = PolicyFile.read(config.policy(), config.identity().keySet());
    Set<Fingerprint> blocked = BlockedKeys.read(config.keys().blocked());
    StateFolder state = StateFolder.open(config.state());
    SignedTrustBundle bundle = PublishedState.verifiedBundle(state);

    Foundation base = Foundation.open(config, state, exit, parts);
    PublishedState.requireNamed(base.channel().publicKey(), bundle);
    Ledger ledger = base.ledger();
    OpeningEntries opening = new OpeningEntries(ledger, config, base.signer().keys(), state);
    RequestSignatures signatures =
        new RequestSignatures(config.url(), base.clock(), System::nanoTime, opening.newestAt());
    OperatorSocket door = parts.started(door(state, ledger));
    opening.write(loaded);

    BundleShelf bundles = BundleShelf.of(base, bundle);
    RefusalLog refusals = new RefusalLog(ledger, base.clock(), base.stores()::isSpaceScarce);
    var _ = parts.started(() -> refusals.sumUp(true));
    KeyScreen keys = new KeyScreen(bundles::ownKeys, () -> blocked, base.revoked()::isKeyRevoked);
    Freeze freeze = Freeze.open(ledger);
    UseCases useCases = new UseCases(base, keys, refusals, freeze);
    SignInProviders providers =
        base.meters().timed(parts.started(OidcProviders.signIn(config, base.clock())));
    LoginDesk logins = useCases.logins(providers);
    Revocations revocations = useCases.revocations(logins);
    KrlService krls = parts.started(base.krls(opening::written));
    PolicyShelf policy = new PolicyShelf(loaded.policy(), ledger.size().value());
    HostDirectory hosts = HostDirectory.of(config.hosts().known());
    HostRegistry servers = base.servers(hosts);
    FleetDesk fleet = FleetDesk.of(base, servers, krls.shelf(), policy, bundles, useCases);
    door.offer(new OperatorFreeze(freeze).commands());
    door.offer(new OperatorLogins(logins).commands());
    door.offer(new OperatorRevocations(revocations).commands());
    RemovedHosts removed = base.removedHosts(servers, revocations);
    servers.onChange(fleet.hearing(removed::changed));
    door.offer(new OperatorHosts(servers, fleet.joining(), removed::lookIfDue).commands());
    door.offer(bundles.commands());
    PrivacyDesk privacy = PrivacyDesk.of(base);
    door.offer(new OperatorErasures(privacy.erasures()).commands());
    KeyDesk keyDesk = new KeyDesk(base, servers, fleet.reach(), revocations);
    door.offer(
        new OperatorKeys(keyDesk.life(), base.book(), keyDesk, base.signer()::keys).commands());
    door.offer(new OperatorExports(ledger).commands());
    Reload reload = fleet.reload(config, policy, ledger, opening::written);
    door.offer(new OperatorReload(reload).commands());

    LedgerPublication published = LedgerPublication.start(base, parts);
    OutwardFeeds outward = OutwardFeeds.start(base, parts);
    IssuanceDesk desk = useCases.issuance(policy, hosts, logins, opening, published);
    WebBackend.Revoking revoking = new WebBackend.Revoking(revocations::revoke, krls.shelf());
    WebWiring wiring =
        new WebWiring(base, policy, hosts, bundles, fleet, freeze, published, outward, providers);
    base.meters()
        .watch(
            new Watched(
                ledger,
                base.book(),
                krls.shelf(),
                () -> bundles.newest().bundle(),
                fleet.endings(),
                () -> servers.all().size(),
                () -> freeze.reason().isPresent()));
    WebServer web = wiring.start(wiring.backend(signatures, logins, desk, revoking, parts), parts);
    repeat(parts, refusals, opening, loaded, logins);
    parts.every(RECHECK, () -> opening.afterwards(servers::settle));
    parts.every(RECHECK, () -> opening.afterwards(removed::lookIfDue));
    parts.every(OPENING, () -> opening.afterwards(privacy.retention()::advance));
    parts.every(RECHECK, base.days()::advance);
    parts.every(LOOK_AHEAD, fleet.endings()::look);
    parts.every(RECHECK, new FileWatch(config.policy(), reload));
    CryptoProviders.fallback().ifPresent(LOG::warn);
    LOG.info("serving {} on port {}", config.url(), web.port());
    return new Daemon(parts, ledger, web, reload);
  }

  /** Opens before anything is written: a clock that is in doubt is vouched for through it. */
  private static OperatorSocket door(StateFolder state, Ledger ledger) throws IOException {
    return OperatorSocket.open(state.operatorSocket(), Map.of("thaw-clock", new ClockThaw(ledger)));
  }

  /** What nobody asks for but time. */
  private static void repeat(
      RunningParts parts,
      RefusalLog refusals,
      OpeningEntries opening,
      LoadedPolicy policy,
      LoginDesk logins) {
    parts.every(SUM_UP, () -> refusals.sumUp(false));
    parts.every(OPENING, () -> opening.writeRest(policy));
    parts.every(RECHECK, logins::recheckDue);
  }

  /** The port of the API, for those who asked for any free one. */
  public int port() {
    return web.port();
  }

  /** What the listener for metrics, health and readiness answers to this process itself. */
  String answer(String request, Duration patience) throws IOException {
    return web.answer(request, patience);
  }

  /** The ledger, for commands that run in the same process. */
  public Ledger ledger() {
    return ledger;
  }

  /** Reads again what can be read again; what came of it stands in the log. */
  public void reload(String by) {
    var _ = reload.run(by);
  }

  /** Stops everything in the reverse order; returns when the last part has stopped. */
  @Override
  public void close() {
    parts.close();
  }
}
