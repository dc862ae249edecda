package dev.daypass.web.api;

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
import java.util.Objects;
import java.util.Optional;

/** One request as a route sees it. Confined to the thread that handles it. */
public final class Exchange {
  /** Request attributes set by the gate. */
  public static final String REQUEST_ID = "dev.daypass.request-id";

  public static final String CLIENT = "dev.daypass.client";

  /** RELIABILITY's checklist. */
  static final int MAX_BODY_BYTES = 64 * 1024;

  private final HttpServletRequest request;
  private final long receiveNanos;
  private boolean identified;

  Exchange(Context context, long receiveNanos) {
    this.request = context.req();
    this.receiveNanos = receiveNanos;
  }

  String requestId() {
    return (String) Objects.requireNonNull(request.getAttribute(REQUEST_ID));
  }

  /** Where the request came from, as far as trusted proxies say so. */
  InetAddress client() {
    return (InetAddress) Objects.requireNonNull(request.getAttribute(CLIENT));
  }

  String method() {
    return request.getMethod();
  }

  /** Path and query as sent. */
  String target() {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  boolean hasQuery() {
    return request.getQueryString() != null;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  /** Each field of that name; more than one is for most an error. */
  List<String> headers(String name) {
    return Collections.list(request.getHeaders(name));
  }

  MediaType mediaType() throws RequestFailed {
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

  boolean wantsLines() {
    String accept = request.getHeader("Accept");
    return accept != null && accept.startsWith("text/plain");
  }

  /** Says that the asker is known: failures from here on are not a stranger's noise. */
  void identified() {
    identified = true;
  }

  boolean isIdentified() {
    return identified;
  }

  /** The whole body. The guard has seen to it that it has a length. */
  Bytes body() throws RequestFailed {
    long length = request.getContentLengthLong();
    if (length > MAX_BODY_BYTES) {
      throw new RequestFailed(
          Problem.of(413, "body_too_large", "The body is larger than 64 KiB.", "Send less."));
    }
    byte[] body = new byte[(int) Math.max(length, 0)];
    long deadline = System.nanoTime() + receiveNanos;
    try {
      InputStream in = request.getInputStream();
      int filled = 0;
      while (filled < body.length) {
        int read = in.read(body, filled, body.length - filled);
        if (read < 0 || System.nanoTime() - deadline > 0) {
          throw tooSlow();
        }
        filled += read;
      }
    } catch (IOException e) {
      throw tooSlow();
    }
    return Bytes.of(body);
  }

  private static RequestFailed tooSlow() {
    return new RequestFailed(
        Problem.of(408, "request_timeout", "The body did not arrive in time.", "Send it at once."));
  }
}
