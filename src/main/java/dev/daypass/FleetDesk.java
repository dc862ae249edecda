package dev.daypass;

import dev.daypass.config.DaypassConfig;
import dev.daypass.fleet.EndWatch;
import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.answer.AnswerUnavailable;
import dev.daypass.fleet.answer.Answers;
import dev.daypass.fleet.answer.CertificateStopped;
import dev.daypass.fleet.answer.HostCertificates;
import dev.daypass.fleet.answer.NewsBoard;
import dev.daypass.fleet.answer.SignedDocument;
import dev.daypass.fleet.answer.Stop;
import dev.daypass.fleet.host.HostRegistry;
import dev.daypass.fleet.host.JoinOutcome;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.fleet.host.Joining;
import dev.daypass.fleet.host.TokenOutcome;
import dev.daypass.fleet.key.BundleReach;
import dev.daypass.fleet.session.RefusedLogin;
import dev.daypass.fleet.session.RefusedLogins;
import dev.daypass.fleet.session.SessionOutcome;
import dev.daypass.fleet.session.SessionReport;
import dev.daypass.fleet.session.Sessions;
import dev.daypass.identity.IdentityId;
import dev.daypass.issuance.Freeze;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.ledger.refusal.RefusalLog;
import dev.daypass.policy.Policy;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.role.Role;
import dev.daypass.policy.role.RoleName;
import dev.daypass.reload.PolicyReload;
import dev.daypass.reload.PolicyShelf;
import dev.daypass.reload.Reload;
import dev.daypass.revocation.live.LiveCertificate;
import dev.daypass.revocation.live.RevocationState;
import dev.daypass.revocation.publish.KrlShelf;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.server.ServerDesk;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What servers and their operators ask for, from where each part of it lives. */
record FleetDesk(
    HostRegistry registry,
    Joining joining,
    Answers answers,
    NewsBoard news,
    BundleReach reach,
    EndWatch endings,
    Sessions sessions,
    RefusedLogins refusedLogins,
    RefusalLog refusals)
    implements ServerDesk {
  static FleetDesk of(
      Foundation base,
      HostRegistry registry,
      KrlShelf krls,
      PolicyShelf policy,
      BundleShelf bundles,
      UseCases useCases)
      throws IOException {
    DaypassConfig config = base.config();
    Joining.Terms terms =
        new Joining.Terms(
            base.state().rootKey().fingerprint(),
            config.url(),
            key -> useCases.keys().refusal(key).isPresent(),
            () -> bundles.newest().bundle().modes());
    HostCertificates certificates =
        new HostCertificates(
            base.ledger(),
            base.signer(),
            config.limits().hostCertificateLifetime(),
            base.clock(),
            base.random(),
            host -> stop(host, base.revoked(), registry, useCases.freeze()));
    Answers answers =
        new Answers(
            base.ledger(),
            base.channel(),
            certificates,
            registry.versions(),
            policy::inForce,
            config.url(),
            base.clock());
    Joining joining =
        new Joining(base.stores().hosts(), registry, terms, base.clock(), base.random());
    NewsBoard news = new NewsBoard();
    krls.onPut(news::allChanged);
    return new FleetDesk(
        registry,
        joining,
        answers,
        news,
        new BundleReach(),
        new EndWatch(
            () -> bundles.newest().bundle(),
            () -> newestEnds(base, registry),
            config.limits().hostCertificateLifetime(),
            base.clock()),
        new Sessions(base.ledger(), role -> grace(policy.policy(), role), base.clock()),
        new RefusedLogins(base.ledger(), base.clock()),
        useCases.refusals());
  }

  /** Of servers that joined; nothing while the past is still being read. */
  private static Map<HostName, Instant> newestEnds(Foundation base, HostRegistry registry) {
    Map<HostName, Instant> ends = new HashMap<>();
    if (base.revoked().isComplete()) {
      Set<HostName> joined =
          registry.all().stream().map(JoinedHost::name).collect(Collectors.toSet());
      for (LiveCertificate certificate :
          base.revoked()
              .unrevoked(each -> each.holder().host().isPresent(), base.clock().instant())) {
        HostName.parse(certificate.holder().host().orElseThrow())
            .filter(joined::contains)
            .ifPresent(name -> ends.merge(name, certificate.validBefore(), FleetDesk::later));
      }
    }
    return ends;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Optional<Stop> stop(
      JoinedHost host, RevocationState revoked, HostRegistry registry, Freeze freeze) {
    if (revoked.isHostRevoked(host.name()) || revoked.isKeyRevoked(host.key().fingerprint())) {
      return Optional.of(new Stop.Revoked());
    }
    return registry.ofKey(host.key()).isEmpty()
        ? Optional.of(new Stop.Left())
        : freeze.reason().map(Stop.Frozen::new);
  }

  /** Tells of each change of a server, by its key, whoever waits for it and that one. */
  Consumer<Fingerprint> hearing(Runnable also) {
    return key -> {
      news.changed(key);
      also.run();
    };
  }

  /** What is read again while the daemon runs. */
  Reload reload(DaypassConfig config, PolicyShelf policy, Ledger ledger, BooleanSupplier opened) {
    PolicyReload file =
        new PolicyReload(
            config.policy(),
            config.identity().keySet(),
            policy,
            ledger,
            registry.versions(),
            news::allChanged);
    return new Reload(List.of(file), opened);
  }

  /** None for a role that is gone: nobody promises it any more. */
  private static Duration grace(Policy policy, String role) {
    return RoleName.parse(role)
        .flatMap(name -> Optional.ofNullable(policy.roles().get(name)))
        .flatMap(Role::sessionGrace)
        .orElse(Duration.ZERO);
  }

  @Override
  public JoinOutcome join(SshPublicKey key, String token, ServerMode mode) {
    return joining.join(key, token, mode);
  }

  @Override
  public JoinOutcome ask(SshPublicKey key, HostName name, ServerMode mode, IpAddress address) {
    return joining.ask(key, name, mode, address);
  }

  @Override
  public Optional<JoinedHost> ofKey(SshPublicKey key) {
    return registry.ofKey(key);
  }

  @Override
  public Optional<SignedDocument> map(SshPublicKey key) throws AnswerUnavailable {
    return answers.map(() -> registry.ofKey(key));
  }

  @Override
  public void hasBundle(JoinedHost host, long number) {
    reach.told(host, number);
  }

  @Override
  public long mapSince(JoinedHost host) {
    return answers.mapSince(host);
  }

  @Override
  public boolean mayHaveCertificate(JoinedHost host) {
    return answers.mayHaveCertificate(host);
  }

  @Override
  public SignedDocument certificate(JoinedHost host) throws AnswerUnavailable, CertificateStopped {
    return answers.certificate(host);
  }

  @Override
  public Optional<EntryNumber> recordRefusal(JoinedHost host, Asker asker, Reason reason) {
    return refusals.record(host.name(), asker, List.of(reason));
  }

  @Override
  public SessionOutcome report(JoinedHost host, SessionReport report) {
    return sessions.report(host, report);
  }

  @Override
  public boolean report(RefusedLogin refused) {
    return refusedLogins.report(refused);
  }

  @Override
  public List<RefusedLogin> refusedLogins(IdentityId id, HostName host) {
    return refusedLogins.of(id, host);
  }

  @Override
  public TokenOutcome token(
      HostName name, Map<String, String> labels, Duration lifetime, String operator) {
    return joining.token(name, labels, lifetime, operator);
  }
}
