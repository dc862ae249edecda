package dev.daypass.web.server;

import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.answer.AnswerUnavailable;
import dev.daypass.fleet.answer.CertificateStopped;
import dev.daypass.fleet.answer.NewsBoard;
import dev.daypass.fleet.answer.SignedDocument;
import dev.daypass.fleet.host.JoinOutcome;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.fleet.host.TokenOutcome;
import dev.daypass.fleet.session.RefusedLogin;
import dev.daypass.fleet.session.SessionOutcome;
import dev.daypass.fleet.session.SessionReport;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the routes for servers stand on; the root implements it over the fleet. */
public interface ServerDesk {
  /** A server joins with a token. */
  JoinOutcome join(SshPublicKey key, String token, ServerMode mode);

  /** A server without a token: it has joined before, or asks an operator. */
  JoinOutcome ask(SshPublicKey key, HostName name, ServerMode mode, IpAddress address);

  /** The server that has joined with this key. */
  Optional<JoinedHost> ofKey(SshPublicKey key);

  /** The map of the server that has joined with this key; empty if none has any more. */
  Optional<SignedDocument> map(SshPublicKey key) throws AnswerUnavailable;

  /** A server says which trust bundle is in force there. */
  void hasBundle(JoinedHost host, long number);

  /** From which version on maps say what {@link #map} says now. */
  long mapSince(JoinedHost host);

  /** Where servers wait for changes of their maps and for lists. */
  NewsBoard news();

  /** Whether there is one more certificate for it in this hour. */
  boolean mayHaveCertificate(JoinedHost host);

  SignedDocument certificate(JoinedHost host) throws AnswerUnavailable, CertificateStopped;

  /** Writes down that a server was refused, within its budget; the entry if it did. */
  Optional<EntryNumber> recordRefusal(JoinedHost host, Asker asker, Reason reason);

  /** What a server says of a session. */
  SessionOutcome report(JoinedHost host, SessionReport report);

  /** What a server says of a certificate that it refused; false if it says too much. */
  boolean report(RefusedLogin refused);

  /** The same, for the person to whom it was granted. */
  List<RefusedLogin> refusedLogins(IdentityId id, HostName host);

  /** An operator makes a token. */
  TokenOutcome token(HostName name, Map<String, String> labels, Duration lifetime, String operator);
}
