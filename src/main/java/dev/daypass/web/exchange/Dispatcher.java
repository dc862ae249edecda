package dev.daypass.web.exchange;

import dev.daypass.ssh.Bytes;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.JsonMembers;
import dev.daypass.web.body.LineMembers;
import dev.daypass.web.body.Members;
import dev.daypass.web.body.Problem;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs a route for Javalin and writes its reply. Here alone a failure becomes a status code; what
 * is not known here is 500 and says nothing.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Problem INTERNAL = Problem.bare(500, "internal");
  private static final Problem TOO_MANY_FAILURES =
      Problem.of(
          429,
          "too_many_failures",
          "Too many requests from this address failed.",
          "Wait a minute; a request that succeeds is answered even now.");

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Duration receiveTimeout;
  private final BiPredicate<String, InetAddress> strangersFailure;
  private final ProblemPage page;

  /**
   * @param strangersFailure told the code and address of each failure of somebody unknown; says
   *     whether that address has used up what it may fail
   * @param page shows problems to browsers
   */
  public Dispatcher(
      Duration receiveTimeout,
      BiPredicate<String, InetAddress> strangersFailure,
      ProblemPage page) {
    this.page = page;
    this.receiveTimeout = receiveTimeout;
    this.strangersFailure = strangersFailure;
  }

  /** The Javalin handler for a route; it reports each answer's status. */
  public Handler handler(Endpoint endpoint, StatusListener answered) {
    return context -> {
      long start = System.nanoTime();
      Exchange exchange = new Exchange(context, endpoint.query(), receiveTimeout.toNanos());
      try (var _ = MDC.putCloseable("request", exchange.requestId())) {
        int status = write(answer(endpoint.route(), exchange), exchange, context.res());
        answered.answered(status, System.nanoTime() - start);
      }
    };
  }

  /** The Javalin handler for what failed before or beside a route. */
  public void problem(Problem problem, Context context) {
    Exchange exchange = new Exchange(context, QueryRule.ANY, receiveTimeout.toNanos());
    write(new Reply.Refused(problem), exchange, context.res());
  }

  private static Reply answer(Endpoint.Route route, Exchange exchange) {
    try {
      exchange.query(); // what the path does not take is refused before anything happens
      return route.answer(exchange);
    } catch (RequestFailed e) {
      return new Reply.Refused(e.problem());
    } catch (BodyRefused e) {
      return new Reply.Refused(e.problem());
    } catch (RuntimeException | Error e) {
      // Javalin would answer an Error, such as a class that does not load, with nothing but 500.
      LOG.error("request {} failed", exchange.requestId(), e);
      return new Reply.Refused(INTERNAL);
    }
  }

  private int write(Reply reply, Exchange exchange, HttpServletResponse response) {
    if (exchange.leftBody()) {
      // Else the client's next request meets a connection that Jetty closed (RFC 9112 section 9.6).
      response.setHeader("Connection", "close");
    }
    switch (reply) {
      case Reply.Document(int status, Consumer<Members> members) -> {
        response.setStatus(status);
        write(members, "application/json", exchange, response);
      }
      case Reply.Text(String contentType, Bytes body) ->
          send(contentType, body.toArray(), response);
      case Reply.Plain(int status, String contentType, Bytes body) -> {
        response.setStatus(status);
        send(contentType, body.toArray(), response);
      }
      case Reply.Immutable(String contentType, Bytes body, boolean shared) -> {
        response.setHeader(
            "Cache-Control", (shared ? "public" : "private") + ", max-age=31536000, immutable");
        response.setContentType(contentType);
        response.setContentLength(body.size());
        send(body, response);
      }
      case Reply.Versioned(String contentType, Bytes body, String version) -> {
        versioned(version, response);
        response.setContentType(contentType);
        response.setContentLength(body.size());
        send(body, response);
      }
      case Reply.Stream(String contentType, Reply.Writing writing) -> {
        response.setContentType(contentType);
        stream(writing, exchange, response);
      }
      case Reply.Download(String contentType, String fileName, Reply.Writing writing) -> {
        response.setContentType(contentType);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + fileName + '"');
        stream(writing, exchange, response);
      }
      case Reply.NotModified(String version) -> {
        response.setStatus(304);
        versioned(version, response);
      }
      case Reply.Page(int status, Bytes html, PageRules rules, List<String> cookies) -> {
        response.setStatus(status);
        cookies.forEach(value -> response.addHeader("Set-Cookie", value));
        send(html, rules, response);
      }
      case Reply.SeeOther(String location, List<String> cookies) -> {
        response.setStatus(303);
        response.setHeader("Location", location);
        cookies.forEach(value -> response.addHeader("Set-Cookie", value));
      }
      case Reply.Refused(Problem problem) -> refuse(problem, exchange, response);
    }
    return response.getStatus();
  }

  private void refuse(Problem problem, Exchange exchange, HttpServletResponse response) {
    boolean exhausted =
        !exchange.isIdentified()
            && isTheSenders(problem)
            && strangersFailure.test(problem.code(), exchange.client());
    Problem shown = exhausted ? TOO_MANY_FAILURES : problem;
    response.setStatus(shown.status());
    switch (shown.status()) {
      case 401 ->
          response.setHeader("WWW-Authenticate", "SSHSIG, Bearer"); // RFC 9110 section 11.6.1
      case 408 -> response.setHeader("Connection", "close"); // the rest of the body may follow
      case 429 -> retryAfter(shown, MINUTE, response);
      case 503 -> retryAfter(shown, SOON, response);
      default -> {}
    }
    if (exchange.wantsPage()) {
      send(page.html(shown, exchange.requestId()), PageRules.PLAIN, response);
    } else {
      write(shown.members(exchange.requestId()), "application/problem+json", exchange, response);
    }
  }

  /** RFC 9110 section 10.2.3. */
  private static void retryAfter(
      Problem problem, Duration otherwise, HttpServletResponse response) {
    long seconds = Problem.seconds(problem.retryAfter().orElse(otherwise));
    response.setHeader("Retry-After", Long.toString(seconds));
  }

  private static void send(Bytes html, PageRules rules, HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", rules.contentSecurityPolicy());
    response.setHeader("Referrer-Policy", rules.referrer());
    rules.refresh().ifPresent(next -> response.setHeader("Refresh", next));
    send(Reply.Page.HTML, html.toArray(), response);
  }

  /**
   * Whether it may be for what was sent. A made-up key ID looks like a new key of a provider that
   * does not answer: it is charged, lest junk be free while a provider is away (CASES 52).
   */
  private static boolean isTheSenders(Problem problem) {
    return problem.status() < 500 || problem.code().equals(RequestFailed.UNJUDGED);
  }

  private static void write(
      Consumer<Members> members, String json, Exchange exchange, HttpServletResponse response) {
    if (exchange.wantsLines()) {
      send(Reply.Text.PLAIN, LineMembers.bytes(members), response);
    } else {
      send(json, JsonMembers.bytes(members), response);
    }
  }

  /** May be kept, and is asked for again each time. */
  private static void versioned(String version, HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("ETag", '"' + version + '"');
  }

  /** Without a copy: thousands may be sent the same at once. */
  private static void send(Bytes body, HttpServletResponse response) {
    try {
      body.writeTo(response.getOutputStream());
    } catch (IOException e) {
      LOG.debug("the client left before its answer", e);
    }
  }

  /** A reader must see that something is missing: the connection ends within the last chunk. */
  private static void stream(
      Reply.Writing writing, Exchange exchange, HttpServletResponse response) {
    // Where the connection closes after it, its end would not tell that it is whole.
    response.setHeader("Transfer-Encoding", "chunked");
    try {
      writing.writeTo(response.getOutputStream());
    } catch (IOException | RuntimeException e) {
      LOG.warn("request {} ended in the middle of its answer", exchange.requestId(), e);
      exchange.abort();
    }
  }

  private static void send(String contentType, byte[] body, HttpServletResponse response) {
    response.setContentType(contentType);
    response.setContentLength(body.length);
    // Straight into Jetty's buffer: Javalin would copy through one of 32 KiB for each answer.
    try {
      response.getOutputStream().write(body);
    } catch (IOException e) {
      LOG.debug("the client left before its answer", e);
    }
  }

  /** Hears of each answer: its status and how long it took. */
  @FunctionalInterface
  public interface StatusListener {
    void answered(int status, long nanos);
  }
}
