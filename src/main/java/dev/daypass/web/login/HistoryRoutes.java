package dev.daypass.web.login;

import dev.daypass.web.asker.Admission;
import dev.daypass.web.asker.KnownAsker;
import dev.daypass.web.body.Members;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One's own logins, certificates and refusals, as the ledger holds them. */
public final class HistoryRoutes {
  private static final int LIMIT = 50;
  private static final List<String> FACTS =
      List.of("role", "serial", "valid_before", "key", "hostname", "reason");

  private final Admission admission;
  private final History history;

  public HistoryRoutes(Admission admission, History history) {
    this.admission = admission;
    this.history = history;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/v1/history", admission.known(this::history)));
  }

  private Reply history(Exchange exchange, KnownAsker asker) throws RequestFailed {
    List<History.Line> lines;
    try {
      lines = history.of(asker.identity().id(), LIMIT);
    } catch (History.Unreadable _) {
      throw new RequestFailed(
          Problem.of(503, "unavailable", "The ledger cannot be read now.", "Try again."));
    }
    return new Reply.Document(
        200,
        out -> {
          out.text("username", asker.identity().username().text());
          out.groups("entries", lines.stream().map(HistoryRoutes::members).toList());
        });
  }

  private static Consumer<Members> members(History.Line line) {
    return out -> {
      out.text("entry", Long.toUnsignedString(line.entry().value()));
      out.text("at", line.at().toString());
      out.text("kind", line.kind());
      out.text("outcome", line.outcome());
      for (String fact : FACTS) {
        Optional.ofNullable(line.facts().get(fact)).ifPresent(value -> out.text(fact, value));
      }
    };
  }
}
