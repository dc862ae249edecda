package dev.daypass.web;

import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.answer.AnswerUnavailable;
import dev.daypass.fleet.answer.CertificateStopped;
import dev.daypass.fleet.answer.NewsBoard;
import dev.daypass.fleet.answer.SignedDocument;
import dev.daypass.fleet.answer.Stop;
import dev.daypass.fleet.host.HostFault;
import dev.daypass.fleet.host.HostRefused;
import dev.daypass.fleet.host.JoinOutcome;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.fleet.host.PendingJoin;
import dev.daypass.fleet.host.TokenOutcome;
import dev.daypass.fleet.session.RefusedLogin;
import dev.daypass.fleet.session.SessionAlarm;
import dev.daypass.fleet.session.SessionOutcome;
import dev.daypass.fleet.session.SessionReport;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.server.ServerDesk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Servers in memory: one token joins, all else asks. */
final class FakeServers implements ServerDesk {
  /** Which trust bundle each server said it has. */
  final Map<HostName, Long> bundles = new ConcurrentHashMap<>();

  static final String GOOD_TOKEN = "dpj1." + "A".repeat(60);
  private static final OpenSshPrivateKey CHANNEL = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  final AtomicLong mapSince = new AtomicLong(5);
  final NewsBoard news = new NewsBoard();
  volatile Optional<JoinedHost> host = Optional.empty();
  volatile Optional<HostRefused> refusal = Optional.empty();
  volatile boolean mayHaveCertificate = true;
  final List<SessionReport> reports = Collections.synchronizedList(new ArrayList<>());
  volatile SessionOutcome session =
      new SessionOutcome.Recorded(new EntryNumber(9), true, Set.of(SessionAlarm.NEVER_GRANTED));
  final List<String> refusals = Collections.synchronizedList(new ArrayList<>());
  final List<RefusedLogin> refusedLogins = Collections.synchronizedList(new ArrayList<>());
  volatile Optional<Stop> stop = Optional.empty();

  static JoinedHost joined(SshPublicKey key) {
    EntryNumber entry = new EntryNumber(4);
    return new JoinedHost(
        new HostName("db-1.prod.example.com"),
        Map.of("tier", "db"),
        key,
        ServerMode.FILE,
        RunningServer.NOW,
        entry,
        entry);
  }

  @Override
  public JoinOutcome join(SshPublicKey key, String token, ServerMode mode) {
    asked.add("join " + mode.wireName());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return token.equals(GOOD_TOKEN)
        ? new JoinOutcome.Joined(joined(key))
        : new HostRefused(HostFault.TOKEN_INVALID, "No token.", "Ask for one.");
  }

  @Override
  public JoinOutcome ask(SshPublicKey key, HostName name, ServerMode mode, IpAddress address) {
    asked.add("ask " + name + " " + mode.wireName() + " " + address);
    return new JoinOutcome.Asked(new PendingJoin(key, name, mode, address, RunningServer.NOW));
  }

  @Override
  public Optional<JoinedHost> ofKey(SshPublicKey key) {
    return host;
  }

  @Override
  public Optional<SignedDocument> map(SshPublicKey key) throws AnswerUnavailable {
    return host.map(joined ->
        signed("principals@daypass.dev", "daypass-principals-v1\nhost " + joined.name() + "\n"));
  }

  @Override
  public void hasBundle(JoinedHost host, long number) {
    bundles.put(host.name(), number);
  }

  @Override
  public long mapSince(JoinedHost joined) {
    return mapSince.get();
  }

  @Override
  public NewsBoard news() {
    return news;
  }

  @Override
  public boolean mayHaveCertificate(JoinedHost joined) {
    return mayHaveCertificate;
  }

  @Override
  public Optional<EntryNumber> recordRefusal(JoinedHost joined, Asker asker, Reason reason) {
    refusals.add(joined.name() + " " + reason.code());
    return Optional.of(new EntryNumber(43));
  }

  @Override
  public SignedDocument certificate(JoinedHost joined) throws CertificateStopped {
    if (stop.isPresent()) {
      throw new CertificateStopped(stop.get());
    }
    return signed("host@daypass.dev", "daypass-host-v1\nhost " + joined.name() + "\n");
  }

  @Override
  public SessionOutcome report(JoinedHost joined, SessionReport report) {
    reports.add(report);
    return session;
  }

  @Override
  public boolean report(RefusedLogin refused) {
    return refusedLogins.add(refused) && refusedLogins.size() < 3;
  }

  @Override
  public List<RefusedLogin> refusedLogins(IdentityId id, HostName name) {
    return id.equals(FakeBackend.ALICE.id()) ? List.copyOf(refusedLogins) : List.of();
  }

  @Override
  public TokenOutcome token(
      HostName name, Map<String, String> labels, Duration lifetime, String operator) {
    asked.add("token " + name + " " + labels + " " + lifetime + " " + operator);
    return new HostRefused(HostFault.NAME_TAKEN, "It is taken.", "Take another.");
  }

  private static SignedDocument signed(String namespace, String text) {
    try {
      return new SignedDocument(text, SshSig.sign(CHANNEL, namespace, Bytes.ofUtf8(text)));
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }
}
