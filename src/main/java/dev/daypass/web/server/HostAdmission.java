package dev.daypass.web.server;

import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.login.RequestSignatures;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.web.asker.RequestProof;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;

/** Lets servers in, by the host key that signed the request. */
public final class HostAdmission {
  private final RequestProof proof;
  private final ServerDesk desk;

  public HostAdmission(RequestProof proof, ServerDesk desk) {
    this.proof = proof;
    this.desk = desk;
  }

  /** The key that signed, whether or not a server has joined with it. */
  SshPublicKey key(Exchange exchange) throws RequestFailed {
    return proof.key(exchange, RequestSignatures.HOST_NAMESPACE);
  }

  /** The route for servers that have joined. */
  Endpoint.Route joined(JoinedRoute route) {
    return exchange -> {
      JoinedHost host = desk.ofKey(key(exchange)).orElseThrow(HostProblems::notJoined);
      exchange.identified();
      return route.answer(exchange, host);
    };
  }

  /** Answers a request of a joined server. */
  @FunctionalInterface
  interface JoinedRoute {
    Reply answer(Exchange exchange, JoinedHost host) throws RequestFailed, BodyRefused;
  }
}
