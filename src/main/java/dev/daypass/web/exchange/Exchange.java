package dev.daypass.web.exchange;

import dev.daypass.ssh.Bytes;
import dev.daypass.web.body.Problem;
import dev.daypass.web.body.RequestFields.MediaType;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request as a route sees it. Confined to the thread that handles it. */
public final class Exchange {
  /** Request attributes set by the gate. */
  public static final String REQUEST_ID = "dev.daypass.request-id";

  public static final String CLIENT = "dev.daypass.client";

  public static final String PLACE = "dev.daypass.place";

  /** Ends the connection at once. */
  public static final String ABORT = "dev.daypass.abort";

  /** RELIABILITY's checklist. */
  static final int MAX_BODY_BYTES = 64 * 1024;

  private final Context context;
  private final HttpServletRequest request;
  private final QueryRule rule;
  private final long receiveNanos;
  private boolean identified;
  private @Nullable Bytes body;

  Exchange(Context context, QueryRule rule, long receiveNanos) {
    this.context = context;
    this.request = context.req();
    this.rule = rule;
    this.receiveNanos = receiveNanos;
  }

  public String requestId() {
    return (String) Objects.requireNonNull(request.getAttribute(REQUEST_ID));
  }

  /** Where the request came from, as far as trusted proxies say so. */
  public InetAddress client() {
    return (InetAddress) Objects.requireNonNull(request.getAttribute(CLIENT));
  }

  /** Waits, without being in work meanwhile. */
  public void resting(Runnable wait) {
    Place place = (Place) Objects.requireNonNull(request.getAttribute(PLACE));
    place.leave();
    try {
      wait.run();
    } finally {
      var _ = place.take();
    }
  }

  /** Ends the connection in the middle of an answer, so that nobody takes it for a whole one. */
  void abort() {
    ((Runnable) Objects.requireNonNull(request.getAttribute(ABORT))).run();
  }

  public String method() {
    return request.getMethod();
  }

  /** Path and query as sent. */
  public String target() {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  /** A variable part of the path. The guard has seen to it that it is of plain letters. */
  public String path(String name) {
    return context.pathParam(name);
  }

  /** A parameter of the query, which the endpoint's rule allows. */
  public Optional<String> query(String name) throws RequestFailed {
    return Optional.ofNullable(query().get(name));
  }

  /** The query's parameters in the order sent. */
  public Map<String, String> query() throws RequestFailed {
    String text = request.getQueryString();
    return text == null ? Map.of() : rule.read(text);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  /** Each field of that name; more than one is for most an error. */
  public List<String> headers(String name) {
    return Collections.list(request.getHeaders(name));
  }

  public MediaType mediaType() throws RequestFailed {
    // Of two, only one would stand under the request's signature.
    List<String> types = headers("Content-Type");
    return Optional.of(types)
        .filter(all -> all.size() == 1)
        .map(List::getFirst)
        .flatMap(MediaType::parse)
        .orElseThrow(() ->
            new RequestFailed(
                Problem.of(
                    415,
                    "media_type_not_taken",
                    "The body is neither JSON nor a form in UTF-8.",
                    "Send Content-Type: application/json.")));
  }

  public boolean wantsLines() {
    String accept = request.getHeader("Accept");
    return accept != null && accept.startsWith("text/plain");
  }

  /** Says that the asker is known: failures from here on are not a stranger's noise. */
  public void identified() {
    identified = true;
  }

  public boolean isIdentified() {
    return identified;
  }

  /** Whether a browser asks for a page, rather than a program for an answer. */
  boolean wantsPage() {
    String accept = request.getHeader("Accept");
    return accept != null && accept.contains("text/html");
  }

  /**
   * The whole body, received when first asked for. The guard has seen to it that it has a length.
   */
  public Bytes body() throws RequestFailed {
    if (body == null) {
      body = received();
    }
    return body;
  }

  /** Whether there is a body that nobody asked for: some of it may still be on its way. */
  boolean leftBody() {
    return body == null && request.getContentLengthLong() > 0;
  }

  private Bytes received() throws RequestFailed {
    long length = request.getContentLengthLong();
    if (length > MAX_BODY_BYTES) {
      throw new RequestFailed(
          Problem.of(413, "body_too_large", "The body is larger than 64 KiB.", "Send less."));
    }
    byte[] bytes = new byte[(int) Math.max(length, 0)];
    long deadline = System.nanoTime() + receiveNanos;
    try {
      InputStream in = request.getInputStream();
      int filled = 0;
      while (filled < bytes.length) {
        int read = in.read(bytes, filled, bytes.length - filled);
        if (read < 0 || System.nanoTime() - deadline > 0) {
          throw tooSlow();
        }
        filled += read;
      }
    } catch (IOException e) {
      throw tooSlow();
    }
    return Bytes.of(bytes);
  }

  private static RequestFailed tooSlow() {
    return new RequestFailed(
        Problem.of(408, "request_timeout", "The body did not arrive in time.", "Send it at once."));
  }
}
