package dev.daypass.web.api;

import dev.daypass.revocation.publish.KrlShelf;
import dev.daypass.revocation.publish.PublishedKrl;
import dev.daypass.ssh.Bytes;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.QueryRule;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.util.List;
import java.util.Optional;

/**
 * The KRL and its signature (DESIGN section 7). A server has the version from the list's ETag and
 * asks for the signature of just that one; it waits for the next by {@code after}, parked with all
 * the others on one condition.
 */
public final class KrlRoutes {
  private final KrlShelf shelf;
  private final WaitingPlaces places;

  public KrlRoutes(KrlShelf shelf, WaitingPlaces places) {
    this.shelf = shelf;
    this.places = places;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/krl", this::list).taking(QueryRule.of("wait", "after", "version")),
        Endpoint.get("/v1/krl.sig", this::signature).taking(QueryRule.of("version")));
  }

  private Reply list(Exchange exchange) throws RequestFailed {
    Optional<Long> after = number(exchange, "after");
    Optional<Long> wait = number(exchange, "wait");
    if (number(exchange, "version").isPresent()) {
      if (after.isPresent() || wait.isPresent()) {
        throw malformed("A list of one version is not waited for.");
      }
      PublishedKrl krl = wanted(exchange);
      return reply(exchange, krl, Reply.Versioned.OCTETS, krl.list());
    }
    if (wait.isPresent() && after.isEmpty()) {
      throw malformed("Who waits says for what: after is missing.");
    }
    PublishedKrl krl = after.isPresent() ? newer(exchange, after.get(), wait.orElse(0L)) : newest();
    return after.isPresent() && krl.version() <= after.get()
        ? new Reply.NotModified(Long.toString(krl.version()))
        : reply(exchange, krl, Reply.Versioned.OCTETS, krl.list());
  }

  private Reply signature(Exchange exchange) throws RequestFailed {
    PublishedKrl krl = wanted(exchange);
    return reply(exchange, krl, Reply.Text.PLAIN, Bytes.ofUtf8(krl.signature()));
  }

  private static Reply reply(Exchange exchange, PublishedKrl krl, String type, Bytes body) {
    String version = Long.toString(krl.version());
    // RFC 9110 section 13.1.2, as far as one entity tag goes: of two the whole is sent.
    return exchange.headers("If-None-Match").equals(List.of('"' + version + '"'))
        ? new Reply.NotModified(version)
        : new Reply.Versioned(type, body, version);
  }

  private PublishedKrl newer(Exchange exchange, long after, long seconds) throws RequestFailed {
    if (newest().version() <= after && seconds > 0) {
      places.wait(exchange, seconds, patience -> shelf.awaitNewer(after, patience));
    }
    return newest();
  }

  private PublishedKrl wanted(Exchange exchange) throws RequestFailed {
    Optional<Long> version = number(exchange, "version");
    return version.isEmpty()
        ? newest()
        : shelf
            .ofVersion(version.get())
            .orElseThrow(() ->
                new RequestFailed(
                    Problem.of(
                        404,
                        "krl_version_unknown",
                        "The list of that version is not kept, or there was none.",
                        "Fetch /v1/krl again, and the signature of the version in its ETag.")));
  }

  private PublishedKrl newest() throws RequestFailed {
    return shelf.newest().orElseThrow(KrlRoutes::missing);
  }

  private static Optional<Long> number(Exchange exchange, String name) throws RequestFailed {
    Optional<String> text = exchange.query(name);
    if (text.isPresent() && !text.get().matches("0|[1-9][0-9]{0,17}")) {
      throw malformed("A parameter is no number.");
    }
    return text.map(Long::valueOf);
  }

  private static RequestFailed malformed(String detail) {
    return new RequestFailed(
        Problem.of(400, "invalid_parameter", detail, "Look at /openapi.yaml."));
  }

  private static RequestFailed missing() {
    return new RequestFailed(
        Problem.of(
            503,
            "krl_missing",
            "No list has been published yet.",
            "See /readyz for what keeps the ledger from taking its entry."));
  }
}
