package dev.daypass.web;

import dev.daypass.web.body.JsonMembers;
import dev.daypass.web.body.LineMembers;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.PageRules;
import dev.daypass.web.exchange.ProblemPage;
import dev.daypass.web.exchange.Reply;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers problems below the routes: those of the guard, and those of Jetty's parser, which end
 * here as the server's error handler. Nothing that came in is repeated.
 */
final class JettyProblems implements Request.Handler {
  private final SecurityHeaders headers;
  private final Supplier<String> requestIds;
  private final ProblemPage page;

  /**
   * @param page shows problems to browsers
   */
  JettyProblems(SecurityHeaders headers, Supplier<String> requestIds, ProblemPage page) {
    this.headers = headers;
    this.requestIds = requestIds;
    this.page = page;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    answer(parserProblem(response.getStatus()), requestIds.get(), request, response, callback);
    return true;
  }

  void answer(
      Problem problem, String requestId, Request request, Response response, Callback callback) {
    response.setStatus(problem.status());
    headers.addTo(response.getHeaders(), requestId);
    String accept = Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.ACCEPT), "");
    if (accept.contains("text/html")) {
      // Instead of the general policy, which would refuse the page its stylesheet.
      response.getHeaders().put("Content-Security-Policy", PageRules.PLAIN.contentSecurityPolicy());
      send(Reply.Page.HTML, page.html(problem, requestId).toArray(), response, callback);
    } else if (accept.startsWith("text/plain")) {
      send(Reply.Text.PLAIN, LineMembers.bytes(problem.members(requestId)), response, callback);
    } else {
      byte[] json = JsonMembers.bytes(problem.members(requestId));
      send("application/problem+json", json, response, callback);
    }
  }

  private static void send(String contentType, byte[] body, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private static Problem parserProblem(int status) {
    return switch (status) {
      case 408 ->
          Problem.of(408, "request_timeout", "The request took too long.", "Send it at once.");
      case 413 ->
          Problem.of(413, "body_too_large", "The body is larger than 64 KiB.", "Send less.");
      case 414 ->
          Problem.of(414, "target_too_long", "The target is longer than 2 KiB.", "Shorten it.");
      case 431 ->
          Problem.of(431, "headers_too_large", "The header is larger than 8 KiB.", "Send less.");
      case 501, 505 -> // the client's mistake all the same (CASES 66)
          Problem.of(
              400, "version_not_spoken", "Only plain HTTP/1.1 is spoken here.", "Use HTTP/1.1.");
      default ->
          status >= 500
              ? Problem.bare(500, "internal")
              : Problem.of(
                  status,
                  "bad_request",
                  "The request is not well-formed HTTP/1.1.",
                  "Send it with an ordinary HTTP client.");
    };
  }
}
