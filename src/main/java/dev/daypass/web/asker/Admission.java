package dev.daypass.web.asker;

import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import dev.daypass.web.quota.FairShares;
import java.util.Optional;

/**
 * Lets known askers in to a route. From the moment that the asker is known, whatever the route
 * throws goes into the ledger, within the identity's budget (DESIGN section 6); what it replies is
 * its own matter.
 */
public final class Admission {
  private final Authenticator authenticator;
  private final RefusalBook book;
  private final FairShares shares;

  public Admission(Authenticator authenticator, RefusalBook book, FairShares shares) {
    this.authenticator = authenticator;
    this.book = book;
    this.shares = shares;
  }

  /** The route for askers that are known, as one for all. */
  public Endpoint.Route known(KnownRoute route) {
    return exchange -> answer(exchange, route);
  }

  private Reply answer(Exchange exchange, KnownRoute route) {
    KnownAsker known;
    try {
      known = authenticator.asker(exchange);
    } catch (RequestFailed e) {
      Problem problem = e.problem();
      Asker asker = asker(exchange, e.provenKey());
      return refused(
          problem, e.who().flatMap(id -> book.recordRefusal(id, asker, reason(problem))));
    }
    try (FairShares.Share _ = shares.take(known.identity())) {
      return route.answer(exchange, known);
    } catch (RequestFailed e) {
      return refused(exchange, known, e.problem());
    } catch (BodyRefused e) {
      return refused(exchange, known, e.problem());
    }
  }

  private Reply refused(Exchange exchange, KnownAsker known, Problem problem) {
    Optional<SshPublicKey> key = known.signature().map(KnownAsker.BoundKey::key);
    Optional<EntryNumber> entry =
        problem.status() < 500 // being unable to serve refuses nobody
            ? book.recordRefusal(known.identity(), asker(exchange, key), reason(problem))
            : Optional.empty();
    return refused(problem, entry);
  }

  private static Reply refused(Problem problem, Optional<EntryNumber> entry) {
    return new Reply.Refused(
        problem.withEntry(entry.map(number -> Long.toUnsignedString(number.value()))));
  }

  private static Asker asker(Exchange exchange, Optional<SshPublicKey> provenKey) {
    return new Asker(provenKey, Optional.of(IpAddress.of(exchange.client())), exchange.requestId());
  }

  private static Reason reason(Problem problem) {
    return new Reason(problem.code(), problem.detail().orElse(""), problem.remedy().orElse(""));
  }

  /** Answers a request of somebody known. */
  @FunctionalInterface
  public interface KnownRoute {
    Reply answer(Exchange exchange, KnownAsker asker) throws RequestFailed, BodyRefused;
  }
}
