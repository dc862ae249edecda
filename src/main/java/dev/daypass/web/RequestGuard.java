package dev.daypass.web;

import dev.daypass.web.body.Problem;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What every request must satisfy before a route sees it (CASES 66, 67): one spelling of the path,
 * our Host, no foreign Origin except on the way back from a sign-in, a length instead of chunks.
 * Nothing here is a matter of who asks.
 */
final class RequestGuard {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Optional<String> origin;
  private final String authority;
  private final Optional<Predicate<InetAddress>> onlyFrom;

  /**
   * @param origin the configured public origin, lower case; empty where no Host is asked for
   * @param onlyFrom the only peers that may speak plain HTTP to us, if not everybody may
   */
  RequestGuard(Optional<String> origin, Optional<Predicate<InetAddress>> onlyFrom) {
    this.origin = origin;
    this.authority = origin.map(url -> url.substring(url.indexOf("://") + 3)).orElse("");
    this.onlyFrom = onlyFrom;
  }

  /**
   * The problem with this request, or null. Null and not Optional: it is on every request's way.
   */
  @Nullable Problem problem(Request request, InetAddress peer) {
    if (onlyFrom.isPresent() && !onlyFrom.get().test(peer)) {
      return Problem.of(
          403,
          "proxy_required",
          "This listener serves its proxy alone.",
          "Use the public address.");
    }
    Problem target = target(request);
    return target != null ? target : headers(request);
  }

  private static @Nullable Problem target(Request request) {
    if (!METHODS.contains(request.getMethod())) {
      return Problem.of(
          405, "method_not_allowed", "No route takes this method.", "Look at /openapi.yaml.");
    }
    String target = request.getHttpURI().getPathQuery();
    if (target == null || !target.startsWith("/")) {
      return Problem.of(
          400, "target_invalid", "The request target is not a path.", "Send a path, as curl does.");
    }
    if (target.length() > longest(target)) {
      return Problem.of(
          414, "target_too_long", "The request target is longer than 2 KiB.", "Shorten it.");
    }
    return plain(target)
        ? null
        : Problem.of(
            400,
            "path_not_plain",
            "A path here has letters, digits, '.', '_', '~', '-' and single slashes.",
            "Spell the path exactly as in /openapi.yaml.");
  }

  private static int longest(String target) {
    return target.startsWith("/callback/")
        ? WebLimits.MAX_CALLBACK_BYTES
        : WebLimits.MAX_TARGET_BYTES;
  }

  /** One spelling for each path: no encoding, parameters, empty or dot segments. */
  private static boolean plain(String target) {
    char before = 0;
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '?') {
        return true;
      }
      boolean fits = isLetter(c) || ((c == '/' || c == '.') && before != '/');
      // A segment that starts with a dot is "." or ".." or one of the well-known folder.
      if (!fits && !(c == '.' && target.startsWith(".well-known/", i))) {
        return false;
      }
      before = c;
    }
    return true;
  }

  /** RFC 3986 section 2.3, unreserved, the dot aside. */
  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '~';
  }

  private @Nullable Problem headers(Request request) {
    HttpFields headers = request.getHeaders();
    if (headers.contains("X-HTTP-Method-Override")) {
      // Javalin would obey it (CASES 66).
      return Problem.of(
          400, "method_override", "A request has one method.", "Send the method that you mean.");
    }
    if (origin.isPresent() && !authority.equalsIgnoreCase(headers.get(HttpHeader.HOST))) {
      return Problem.of(
          403,
          "host_mismatch",
          "The Host header is not this server's public name.",
          "Use the configured url: " + origin.get() + ".");
    }
    String from = headers.get(HttpHeader.ORIGIN);
    if (from != null && !from.equals(origin.orElse(null)) && !returnsFromSignIn(request)) {
      return Problem.of(
          403, "origin_refused", "Another site's page sent this request.", "Use daypass's own.");
    }
    if (!safe(request) && crossSite(headers)) {
      return Problem.of(
          403, "origin_refused", "Another site's page sent this request.", "Use daypass's own.");
    }
    return body(request, headers);
  }

  /**
   * Where an identity provider sends the browser, and where that leads: after a form of its own
   * some browsers keep that form's Origin, or {@code null}, on all that it redirects to. The state
   * and the cookie tell whose sign-in it is; nobody else's script can read the answer.
   */
  private static boolean returnsFromSignIn(Request request) {
    String path = request.getHttpURI().getPath();
    return request.getMethod().equals("GET")
        && (path.startsWith("/callback/")
            || (path.startsWith("/login/") && path.endsWith("/consent")));
  }

  private static boolean safe(Request request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  private static boolean crossSite(HttpFields headers) {
    String site = headers.get("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  /**
   * A body has a length: with no transfer coding there is nothing that two parsers could read
   * differently (RFC 9112 section 11.2; RFC 9110 section 15.5.12 allows 411).
   */
  private static @Nullable Problem body(Request request, HttpFields headers) {
    if (headers.contains(HttpHeader.TRANSFER_ENCODING)) {
      return Problem.of(
          411, "length_required", "Chunked bodies are not taken.", "Send a Content-Length.");
    }
    HttpField encoding = headers.getField(HttpHeader.CONTENT_ENCODING);
    if (encoding != null) {
      return Problem.of(
          415, "encoding_not_taken", "Compressed bodies are not taken.", "Send it as it is.");
    }
    if (safe(request) && headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0) {
      return Problem.of(
          400, "body_unexpected", "This method takes no body.", "Leave the body out.");
    }
    return null;
  }
}
