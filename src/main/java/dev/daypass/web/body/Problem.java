package dev.daypass.web.body;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An RFC 9457 problem with our members: a stable {@code code}, a {@code remedy}, the ledger's
 * {@code entry} if it was logged, and each reason if there are several.
 *
 * @param retryAfter how long to wait, if there is more to say than what the status says
 */
public record Problem(
    int status,
    String code,
    Optional<String> detail,
    Optional<String> remedy,
    List<Reason> reasons,
    Optional<String> entry,
    Optional<Duration> retryAfter) {

  public Problem {
    reasons = List.copyOf(reasons);
  }

  /** One of several reasons. */
  public record Reason(String code, String detail, String remedy) {}

  public static Problem of(int status, String code, String detail, String remedy) {
    return new Problem(
        status,
        code,
        Optional.of(detail),
        Optional.of(remedy),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** A problem of which nothing may be said. */
  public static Problem bare(int status, String code) {
    return new Problem(
        status,
        code,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The first reason speaks for all; the list follows if there are more. */
  public static Problem ofReasons(int status, List<Reason> reasons) {
    Reason first = reasons.getFirst();
    return new Problem(
        status,
        first.code(),
        Optional.of(first.detail()),
        Optional.of(first.remedy()).filter(text -> !text.isEmpty()),
        reasons.size() > 1 ? reasons : List.of(),
        Optional.empty(),
        Optional.empty());
  }

  public Problem withEntry(Optional<String> number) {
    return new Problem(status, code, detail, remedy, reasons, number, retryAfter);
  }

  /** The same, with the time after which it is worth another try. */
  public Problem retryAfter(Duration time) {
    return new Problem(status, code, detail, remedy, reasons, entry, Optional.of(time));
  }

  /** Whole seconds, as Retry-After counts (RFC 9110 section 10.2.3): never too early. */
  public static long seconds(Duration time) {
    return Math.max(1, time.plusNanos(999_999_999).toSeconds());
  }

  /** The members, as RFC 9457 section 3 names them; ours after its own. */
  public Consumer<Members> members(String requestId) {
    return out -> {
      out.text("type", "about:blank");
      out.text("title", title());
      out.number("status", status);
      out.text("code", code);
      detail.ifPresent(text -> out.text("detail", text));
      remedy.ifPresent(text -> out.text("remedy", text));
      if (!reasons.isEmpty()) {
        out.groups("reasons", reasons.stream().map(Problem::members).toList());
      }
      entry.ifPresent(number -> out.text("entry", number));
      out.text("request_id", requestId);
    };
  }

  private static Consumer<Members> members(Reason reason) {
    return out -> {
      out.text("code", reason.code());
      out.text("detail", reason.detail());
      if (!reason.remedy().isEmpty()) {
        out.text("remedy", reason.remedy());
      }
    };
  }

  /** With {@code about:blank} the title is the status phrase (RFC 9457 section 4.2.1). */
  private String title() {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 411 -> "Length Required";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 417 -> "Expectation Failed";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> status < 500 ? "Refused" : "Failed";
    };
  }
}
