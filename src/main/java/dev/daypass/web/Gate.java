package dev.daypass.web;

import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Place;
import dev.daypass.web.exchange.ProblemPage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of each request: names it, finds out the client's address, sets the security
 * headers, sheds what is too much, asks the guard. It stands before Javalin, so whatever a route or
 * Jetty does later, these have happened.
 */
final class Gate extends Handler.Wrapper {
  private static final Problem OVERLOADED =
      Problem.of(503, "overloaded", "More requests are in work than can be.", "Try again soon.");

  private final RequestGuard guard;
  private final Predicate<InetAddress> trustedProxy;
  private final SecurityHeaders headers;
  private final JettyProblems problems;
  private final RequestIds ids;
  private final RefusalMeters refusals;
  private final int maxInFlight;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final FirstRequest first = new FirstRequest();

  Gate(
      RequestGuard guard,
      Predicate<InetAddress> trustedProxy,
      SecurityHeaders headers,
      RequestIds ids,
      RefusalMeters refusals,
      int maxInFlight,
      ProblemPage page) {
    this.guard = guard;
    this.trustedProxy = trustedProxy;
    this.headers = headers;
    this.problems = new JettyProblems(headers, ids::next, page);
    this.ids = ids;
    this.refusals = refusals;
    this.maxInFlight = maxInFlight;
  }

  /** For what Jetty refuses before any handler is asked. */
  Request.Handler errorHandler() {
    return problems;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String id = ids.next();
    InetAddress peer = peer(request);
    InetAddress client =
        trustedProxy.test(peer)
            ? ClientAddress.of(
                peer, request.getHeaders().getValuesList("X-Forwarded-For"), trustedProxy)
            : peer;
    Place place = new Place(inFlight);
    int working = place.take();
    Request.addCompletionListener(request, _ -> place.leave());
    Problem problem = working > maxInFlight ? OVERLOADED : guard.problem(request, peer);
    if (problem != null) {
      return refuse(problem, id, client, request, response, callback);
    }
    headers.addTo(response.getHeaders(), id);
    request.setAttribute(Exchange.REQUEST_ID, id);
    request.setAttribute(Exchange.CLIENT, client);
    request.setAttribute(Exchange.PLACE, place);
    Runnable abort = request.getConnectionMetaData().getConnection().getEndPoint()::close;
    request.setAttribute(Exchange.ABORT, abort);
    return first.before(() -> super.handle(request, response, callback));
  }

  private boolean refuse(
      Problem problem,
      String id,
      InetAddress client,
      Request request,
      Response response,
      Callback callback) {
    if (problem.status() == 503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    }
    // What follows on this connection was meant for somebody who reads it differently.
    response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    refusals.count(problem.code(), client);
    problems.answer(problem, id, request, response, callback);
    return true;
  }

  private static InetAddress peer(Request request) {
    @Nullable InetAddress address =
        request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote
            ? remote.getAddress()
            : null;
    return address == null ? InetAddress.getLoopbackAddress() : address;
  }
}
