package dev.daypass.web.audit;

import dev.daypass.identity.Identity;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.EntryPage;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.verify.ExportLine;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /v1/entries} and {@code /v1/entries/N}: the ledger with its details, for auditors.
 * With {@code Accept: application/x-ndjson} or {@code text/csv} all that matches is sent, the
 * oldest first, a line at a time; that it was taken away is an entry itself.
 */
public final class EntryRoutes {
  private static final String NDJSON = "application/x-ndjson";
  private static final String CSV = "text/csv";

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
    if (accept.startsWith(NDJSON)) {
      return new Reply.Stream(NDJSON, lines(export(query, who, "ndjson")));
    }
    if (accept.startsWith(CSV)) {
      return new Reply.Stream(CSV + ";charset=utf-8", table(export(query, who, "csv")));
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

  private static Reply.Writing lines(LedgerReader.Export export) {
    return out -> {
      export.each(entry -> line(out, new ExportLine.Exported(entry.stored())));
      Optional<String> checkpoint = export.checkpoint();
      if (checkpoint.isPresent()) {
        line(out, new ExportLine.Signed(checkpoint.get()));
      }
    };
  }

  private static void line(OutputStream out, ExportLine line) throws IOException {
    Bytes encoded = line.encode();
    encoded.writeTo(out);
    out.write('\n');
  }

  private static Reply.Writing table(LedgerReader.Export export) {
    return out -> {
      out.write(CsvLine.head().getBytes(StandardCharsets.UTF_8));
      export.each(entry -> out.write(CsvLine.of(entry).getBytes(StandardCharsets.UTF_8)));
    };
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
