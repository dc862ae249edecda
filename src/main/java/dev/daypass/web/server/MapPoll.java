package dev.daypass.web.server;

import dev.daypass.fleet.answer.AnswerUnavailable;
import dev.daypass.fleet.answer.SignedDocument;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.revocation.publish.KrlShelf;
import dev.daypass.ssh.Bytes;
import dev.daypass.web.api.WaitingPlaces;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.time.Duration;
import java.util.Optional;

/**
 * A server's map of principals: at once, or as soon as it says something else than the version that
 * the server has, or there is a newer list of what is revoked: one wait tells of both. Who has
 * waited in vain gets a new map as well: it is good for longer.
 */
public final class MapPoll {
  private final ServerDesk desk;
  private final KrlShelf krls;
  private final WaitingPlaces places;

  public MapPoll(ServerDesk desk, KrlShelf krls, WaitingPlaces places) {
    this.desk = desk;
    this.krls = krls;
    this.places = places;
  }

  Reply answer(Exchange exchange, JoinedHost host) throws RequestFailed {
    long wait = number(exchange, "wait").orElse(0L);
    Optional<Long> after = number(exchange, "after");
    Optional<Long> krl = number(exchange, "krl");
    number(exchange, "bundle").ifPresent(bundle -> desk.hasBundle(host, bundle));
    if (wait > 0 && after.isPresent() && !isNews(host, after.get(), krl)) {
      places.wait(exchange, wait, patience -> await(host, after.get(), krl, patience));
    }
    // Whoever was relabelled or removed while it waited gets what holds now.
    try {
      SignedDocument map = desk.map(host.key()).orElseThrow(HostProblems::notJoined);
      return new Reply.Text(Reply.Text.PLAIN, Bytes.ofUtf8(map.document()));
    } catch (AnswerUnavailable e) {
      throw HostProblems.failed(e);
    }
  }

  private void await(JoinedHost host, long after, Optional<Long> krl, Duration patience) {
    desk.news()
        .await(
            host.key().fingerprint(),
            () -> desk.ofKey(host.key()).map(current -> isNews(current, after, krl)).orElse(true),
            patience);
  }

  private boolean isNews(JoinedHost host, long after, Optional<Long> krl) {
    return desk.mapSince(host) > after
        || krls.newest().filter(list -> list.version() > krl.orElse(Long.MAX_VALUE)).isPresent();
  }

  private static Optional<Long> number(Exchange exchange, String name) throws RequestFailed {
    Optional<String> text = exchange.query(name);
    if (text.isPresent() && !text.get().matches("0|[1-9][0-9]{0,17}")) {
      throw new RequestFailed(
          Problem.of(
              400,
              "unknown_parameter",
              name + " is not a whole number.",
              "Ask as in /v1/hosts/me/principals?wait=50&after=1234&krl=1230&bundle=3."));
    }
    return text.map(Long::valueOf);
  }
}
