package dev.daypass.web.audit;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.QueryRule;
import dev.daypass.web.exchange.RequestFailed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** What a query of {@code /v1/entries} asks for. */
record EntryQuery(EntryFilter filter, Optional<EntryNumber> before, int limit) {
  static final QueryRule RULE =
      QueryRule.of(
          "kind", "person", "role", "server", "key", "reason", "from", "to", "text", "before",
          "limit");

  private static final int USUAL = 50;
  private static final int MOST = 500;

  static EntryQuery of(Exchange exchange) throws RequestFailed {
    return new EntryQuery(
        new EntryFilter(
            kind(exchange),
            exchange.query("person"),
            Optional.empty(),
            exchange.query("role"),
            exchange.query("server"),
            key(exchange),
            exchange.query("reason"),
            moment(exchange, "from"),
            moment(exchange, "to"),
            exchange.query("text")),
        number(exchange, "before").map(EntryNumber::new),
        number(exchange, "limit").map(n -> Math.clamp(n, 1, MOST)).orElse(USUAL));
  }

  private static Optional<EntryKind> kind(Exchange exchange) throws RequestFailed {
    Optional<String> name = exchange.query("kind");
    Optional<EntryKind> kind = name.flatMap(EntryKind::ofWireName);
    if (name.isPresent() && kind.isEmpty()) {
      throw malformed("There is no such kind of entry.");
    }
    return kind;
  }

  private static Optional<Fingerprint> key(Exchange exchange) throws RequestFailed {
    Optional<String> text = exchange.query("key");
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Fingerprint.parse(text.get()));
    } catch (SshFormatException _) {
      throw malformed("key is no fingerprint like SHA256:….");
    }
  }

  private static Optional<Instant> moment(Exchange exchange, String name) throws RequestFailed {
    Optional<String> text = exchange.query(name);
    try {
      return text.map(Instant::parse);
    } catch (DateTimeException _) {
      throw malformed(name + " is no moment like 2026-11-21T01:13:00Z.");
    }
  }

  private static Optional<Long> number(Exchange exchange, String name) throws RequestFailed {
    Optional<String> text = exchange.query(name);
    if (text.isPresent() && !text.get().matches("0|[1-9][0-9]{0,17}")) {
      throw malformed(name + " is no number.");
    }
    return text.map(Long::valueOf);
  }

  static RequestFailed malformed(String detail) {
    return new RequestFailed(
        Problem.of(400, "invalid_parameter", detail, "Look at /openapi.yaml."));
  }
}
