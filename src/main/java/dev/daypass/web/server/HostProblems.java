package dev.daypass.web.server;

import dev.daypass.fleet.answer.AnswerUnavailable;
import dev.daypass.fleet.answer.Stop;
import dev.daypass.fleet.host.HostFault;
import dev.daypass.fleet.host.HostRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.RequestFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The refusals of servers as problems; each fault has its status here. */
final class HostProblems {
  private static final Logger LOG = LoggerFactory.getLogger(HostProblems.class);

  private HostProblems() {}

  static RequestFailed failed(HostRefused refused) {
    return new RequestFailed(
        Problem.of(
            status(refused.fault()), refused.fault().code(), refused.detail(), refused.remedy()));
  }

  static RequestFailed failed(AnswerUnavailable e) {
    LOG.error("a server gets no answer", e);
    return new RequestFailed(
        Problem.of(
            503,
            "unavailable",
            "The answer cannot be made now.",
            "Try again; what the server has stays good until it ends."));
  }

  static RequestFailed notJoined() {
    return new RequestFailed(
        Problem.of(
            403,
            "host_not_joined",
            "No server has joined with this key.",
            "Join first: daypass-host join."));
  }

  static RequestFailed stopped(Stop stop) {
    return switch (stop) {
      case Stop.Frozen(String why) -> frozen(why);
      case Stop.Revoked _ -> revoked();
      case Stop.Left _ -> notJoined();
    };
  }

  private static RequestFailed revoked() {
    return new RequestFailed(
        Problem.of(
            403,
            "host_revoked",
            "An operator has revoked this server, which is for good.",
            "Give it new host keys and another name, then join again."));
  }

  private static RequestFailed frozen(String why) {
    return new RequestFailed(
        Problem.of(
            503,
            "frozen",
            "An operator has stopped issuing certificates: " + why,
            "Try again when it goes on; what the server has stays good until it ends."));
  }

  static RequestFailed tooManyCertificates() {
    return new RequestFailed(
        Problem.of(
            429,
            "too_many_certificates",
            "This server has had 20 certificates in an hour.",
            "Wait; find out what on it asks again and again."));
  }

  static RequestFailed invalid(HostFault fault, String detail, String remedy) {
    return failed(new HostRefused(fault, detail, remedy));
  }

  private static int status(HostFault fault) {
    return switch (fault) {
      case NAME_INVALID, LABELS_INVALID, MODE_INVALID, REASON_MISSING, LIFETIME_INVALID -> 400;
      case KEY_REFUSED, TOKEN_INVALID, TOKEN_USED, TOKEN_EXPIRED, MODE_NOT_ALLOWED -> 403;
      case HOST_UNKNOWN, NOT_ASKING -> 404;
      case NAME_TAKEN, KEY_IN_USE, HOST_BUSY -> 409;
      case TOO_MANY_ASKING -> 429;
      case UNAVAILABLE -> 503;
    };
  }
}
