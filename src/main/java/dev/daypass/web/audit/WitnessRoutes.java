package dev.daypass.web.audit;

import dev.daypass.ledger.witness.Witness;
import dev.daypass.ledger.witness.WitnessAnswer;
import dev.daypass.ledger.witness.WitnessAnswer.Why;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TreeSize;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A witness by HTTP: C2SP tlog-witness, sections add-checkpoint and Monitor Retrieval Mechanism.
 */
public final class WitnessRoutes {
  private static final String SIZE = "text/x.tlog.size";

  private final Witness witness;

  public WitnessRoutes(Witness witness) {
    this.witness = witness;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/add-checkpoint", this::add),
        Endpoint.get("/{origin}/checkpoint", this::latest));
  }

  private Reply add(Exchange exchange) throws RequestFailed {
    return switch (witness.add(exchange.body())) {
      case WitnessAnswer.Cosigned(String lines) ->
          new Reply.Text(Reply.Text.PLAIN, Bytes.ofUtf8(lines));
      case WitnessAnswer.Conflict(TreeSize latest) ->
          new Reply.Plain(409, SIZE, Bytes.ofUtf8(latest + "\n"));
      case WitnessAnswer.Refused(Why why) -> throw refused(why);
    };
  }

  private Reply latest(Exchange exchange) throws RequestFailed {
    Optional<SignedNote> note;
    try {
      note = witness.latest(exchange.path("origin"));
    } catch (IOException _) {
      throw refused(Why.UNAVAILABLE);
    }
    return new Reply.Text(
        Reply.Text.PLAIN, Bytes.ofUtf8(note.orElseThrow(() -> refused(Why.UNKNOWN_LOG)).encode()));
  }

  private static RequestFailed refused(Why why) {
    return new RequestFailed(
        switch (why) {
          case MALFORMED ->
              problem(400, "malformed", "The request is not of the form of c2sp.org/tlog-witness.");
          case NOT_SIGNED ->
              problem(403, "not_signed", "No key that is trusted for this origin has signed it.");
          case UNKNOWN_LOG ->
              problem(404, "log_unknown", "This witness has nothing of such a ledger.");
          case INCONSISTENT ->
              problem(422, "inconsistent", "It does not continue what was cosigned before.");
          case UNAVAILABLE -> problem(503, "unavailable", "The witness cannot remember it now.");
        });
  }

  private static Problem problem(int status, String code, String detail) {
    return Problem.of(status, code, detail, "See c2sp.org/tlog-witness.");
  }
}
