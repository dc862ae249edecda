package dev.daypass.web.server;

import dev.daypass.fleet.answer.AnswerUnavailable;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.ssh.Bytes;
import dev.daypass.web.api.WaitingRoom;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.time.Duration;
import java.util.Optional;

/**
 * A server's map of principals: at once, or as soon as it says something else than the version that
 * the server has. Who has waited in vain gets a new map as well: it is good for longer.
 */
final class MapPoll {
  private static final int MAX_WAIT_SECONDS = 30;
  private static final Duration LOOK = Duration.ofMillis(250);

  private final ServerDesk desk;
  private final WaitingRoom room;

  MapPoll(ServerDesk desk, WaitingRoom room) {
    this.desk = desk;
    this.room = room;
  }

  Reply answer(Exchange exchange, JoinedHost host) throws RequestFailed {
    long wait = number(exchange, "wait").orElse(0L);
    Optional<Long> after = number(exchange, "after");
    if (wait > 0 && after.isPresent() && !isNews(host, after.get()) && room.enter()) {
      try {
        await(host, after.get(), Math.min(wait, MAX_WAIT_SECONDS));
      } finally {
        room.leave();
      }
    }
    // Whoever was relabelled or removed while it waited gets what holds now.
    JoinedHost now = desk.ofKey(host.key()).orElseThrow(HostProblems::notJoined);
    try {
      return new Reply.Text(Reply.Text.PLAIN, Bytes.ofUtf8(desk.map(now).document()));
    } catch (AnswerUnavailable e) {
      throw HostProblems.failed(e);
    }
  }

  private void await(JoinedHost host, long after, long seconds) {
    long looks = Duration.ofSeconds(seconds).dividedBy(LOOK);
    Optional<JoinedHost> now = Optional.of(host);
    while (now.isPresent() && !isNews(now.get(), after) && looks-- > 0 && room.pause(LOOK)) {
      now = desk.ofKey(host.key());
    }
  }

  private boolean isNews(JoinedHost host, long after) {
    return desk.mapSince(host) > after;
  }

  private static Optional<Long> number(Exchange exchange, String name) throws RequestFailed {
    Optional<String> text = exchange.query(name);
    if (text.isPresent() && !text.get().matches("0|[1-9][0-9]{0,17}")) {
      throw new RequestFailed(
          Problem.of(
              400,
              "unknown_parameter",
              name + " is not a whole number.",
              "Ask as in /v1/hosts/me/principals?wait=25&after=1234."));
    }
    return text.map(Long::valueOf);
  }
}
