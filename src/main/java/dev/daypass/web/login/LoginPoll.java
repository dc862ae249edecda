package dev.daypass.web.login;

import dev.daypass.login.LoginId;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.Logins;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.PollOutcome;
import dev.daypass.login.outcome.PollState;
import dev.daypass.web.api.WaitingRoom;
import dev.daypass.web.asker.LoginProblems;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a login is. A terminal that prefers to wait (RFC 7240 section 4.3) is answered when
 * something happened, within bounds, so that it need not ask every second.
 */
public final class LoginPoll {
  private static final Pattern WAIT = Pattern.compile("wait=([0-9]{1,3})");
  private static final int MAX_WAIT_SECONDS = 20;
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Logins logins;
  private final WaitingRoom room;

  public LoginPoll(Logins logins, WaitingRoom room) {
    this.logins = logins;
    this.room = room;
  }

  Reply answer(Exchange exchange, LoginId id, LoginSecret poll) throws RequestFailed {
    PollState first = state(id, poll);
    PollState last = first;
    long looks = Duration.ofSeconds(wait(exchange)).dividedBy(LOOK);
    if (looks > 0 && !first.isFinal() && room.enter()) {
      try {
        while (last == first && looks-- > 0 && room.pause(LOOK)) {
          last = state(id, poll);
        }
      } finally {
        room.leave();
      }
    }
    String text = last.text();
    return new Reply.Document(200, out -> out.text("state", text));
  }

  private PollState state(LoginId id, LoginSecret poll) throws RequestFailed {
    return switch (logins.state(id, poll)) {
      case PollOutcome.Known(PollState state) -> state;
      case LoginRefused refused -> throw LoginProblems.failed(refused);
    };
  }

  /** Preferences that are not understood are ignored (RFC 7240 section 2). */
  private static int wait(Exchange exchange) {
    List<String> headers = exchange.headers("Prefer");
    Matcher form = WAIT.matcher(headers.size() == 1 ? headers.getFirst().strip() : "");
    return form.matches() ? Math.min(Integer.parseInt(form.group(1)), MAX_WAIT_SECONDS) : 0;
  }
}
