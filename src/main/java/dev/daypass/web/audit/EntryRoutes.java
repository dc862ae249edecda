package dev.daypass.web.audit;

import dev.daypass.identity.Identity;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.EntryPage;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /v1/entries} and {@code /v1/entries/N}: the ledger with its details, for auditors.
 * With {@code Accept: application/x-ndjson} or {@code text/csv} all that matches is sent, the
 * oldest first, a line at a time; that it was taken away is an entry itself.
 */
public final class EntryRoutes {
  private final Auditors auditors;
  private final LedgerReader ledger;

  public EntryRoutes(Auditors auditors, LedgerReader ledger) {
    this.auditors = auditors;
    this.ledger = ledger;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/entries", auditors.known(this::entries))
            .taking(EntryQuery.RULE)
            .withoutHead(),
        Endpoint.get("/v1/entries/{n}", auditors.only(this::entry)));
  }

  private Reply entries(Exchange exchange, Identity who) throws RequestFailed {
    EntryQuery query = EntryQuery.of(exchange);
    String accept = exchange.header("Accept").orElse("");
    for (ExportWriting writing : ExportWriting.values()) {
      if (accept.startsWith(writing.contentType().split(";", 2)[0])) {
        return new Reply.Stream(
            writing.contentType(), writing.of(export(query, who, writing.word())));
      }
    }
    EntryPage page;
    try {
      page = ledger.page(query.filter(), query.before(), query.limit());
    } catch (IOException _) {
      throw unreadable();
    }
    return new Reply.Document(
        200,
        out -> {
          out.groups("entries", page.entries().stream().map(EntryMembers::line).toList());
          page.next().ifPresent(next -> out.text("next", next.toString()));
        });
  }

  private Reply entry(Exchange exchange) throws RequestFailed {
    EntryNumber number = number(exchange);
    try {
      ReadEntry read = ledger.entry(number).orElseThrow(EntryRoutes::unknown);
      Optional<String> proof = ledger.proof(number);
      return new Reply.Document(200, EntryMembers.whole(read, proof));
    } catch (IOException _) {
      throw unreadable();
    }
  }

  static EntryNumber number(Exchange exchange) throws RequestFailed {
    String text = exchange.path("n");
    if (!text.matches("0|[1-9][0-9]{0,17}")) {
      throw EntryQuery.malformed("An entry has a number.");
    }
    return new EntryNumber(Long.parseLong(text));
  }

  private LedgerReader.Export export(EntryQuery query, Identity who, String how)
      throws RequestFailed {
    EntryFilter filter = query.filter();
    return ledger.export(filter, who, how).orElseThrow(EntryRoutes::unreadable);
  }

  private static RequestFailed unknown() {
    return new RequestFailed(
        Problem.of(
            404,
            "entry_unknown",
            "There is no entry of that number.",
            "A certificate's serial is its entry's number."));
  }

  private static RequestFailed unreadable() {
    return new RequestFailed(
        Problem.of(
            503, "unavailable", "The ledger cannot be read now.", "Try again; see /readyz."));
  }
}
