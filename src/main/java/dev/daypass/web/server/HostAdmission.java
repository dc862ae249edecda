package dev.daypass.web.server;

import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.login.RequestSignatures;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.asker.RequestProof;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.util.Optional;

/**
 * Lets servers in, by the host key that signed the request. What a joined server is refused goes
 * into the ledger, within its budget (DESIGN section 6); who has not joined is a stranger.
 */
public final class HostAdmission {
  private final RequestProof proof;
  private final ServerDesk desk;

  public HostAdmission(RequestProof proof, ServerDesk desk) {
    this.proof = proof;
    this.desk = desk;
  }

  /** The route for whoever holds a key, whether or not a server has joined with it. */
  Endpoint.Route signed(SignedRoute route) {
    return exchange -> answer(exchange, key(exchange), route);
  }

  /** The route for servers that have joined. */
  Endpoint.Route joined(JoinedRoute route) {
    return exchange -> {
      SshPublicKey key = key(exchange);
      JoinedHost host = desk.ofKey(key).orElseThrow(HostProblems::notJoined);
      exchange.identified();
      return answer(exchange, key, (same, _) -> route.answer(same, host));
    };
  }

  private SshPublicKey key(Exchange exchange) throws RequestFailed {
    return proof.key(exchange, RequestSignatures.HOST_NAMESPACE);
  }

  private Reply answer(Exchange exchange, SshPublicKey key, SignedRoute route) {
    try {
      return route.answer(exchange, key);
    } catch (RequestFailed e) {
      return refused(exchange, key, e.problem());
    } catch (BodyRefused e) {
      return refused(exchange, key, e.problem());
    }
  }

  private Reply refused(Exchange exchange, SshPublicKey key, Problem problem) {
    Optional<EntryNumber> entry =
        problem.status() < 500 // being unable to serve refuses nobody
            ? desk.ofKey(key)
                .flatMap(host -> desk.recordRefusal(host, asker(exchange, key), reason(problem)))
            : Optional.empty();
    return new Reply.Refused(
        problem.withEntry(entry.map(number -> Long.toUnsignedString(number.value()))));
  }

  private static Asker asker(Exchange exchange, SshPublicKey key) {
    return new Asker(
        Optional.of(key), Optional.of(IpAddress.of(exchange.client())), exchange.requestId());
  }

  private static Reason reason(Problem problem) {
    return new Reason(problem.code(), problem.detail().orElse(""), problem.remedy().orElse(""));
  }

  /** Answers a request that a key has signed. */
  @FunctionalInterface
  interface SignedRoute {
    Reply answer(Exchange exchange, SshPublicKey key) throws RequestFailed, BodyRefused;
  }

  /** Answers a request of a joined server. */
  @FunctionalInterface
  interface JoinedRoute {
    Reply answer(Exchange exchange, JoinedHost host) throws RequestFailed, BodyRefused;
  }
}
