package dev.daypass.web.audit;

import dev.daypass.ledger.privacy.ErasureOutcome;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.api.OperatorDuty;
import dev.daypass.web.asker.Admission;
import dev.daypass.web.asker.KnownAsker;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.body.RequestFields;
import dev.daypass.web.body.RequestShape;
import dev.daypass.web.body.RequestShape.Kind;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.util.List;
import java.util.Map;

/** {@code POST /v1/entries/N/erase}, for those with the duty {@code operator}. */
public final class ErasureRoutes {
  private static final RequestShape SHAPE = RequestShape.of(Map.of("reason", Kind.TEXT));

  private final Admission admission;
  private final ErasureDesk desk;
  private final OperatorDuty operators;

  public ErasureRoutes(Admission admission, ErasureDesk desk, OperatorDuty operators) {
    this.admission = admission;
    this.desk = desk;
    this.operators = operators;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.post("/v1/entries/{n}/erase", admission.known(this::erase)));
  }

  private Reply erase(Exchange exchange, KnownAsker asker) throws RequestFailed, BodyRefused {
    EntryNumber number = EntryRoutes.number(exchange);
    RequestFields fields =
        RequestFields.read(SHAPE, exchange.mediaType(), exchange.body().toArray());
    String reason = fields.required("reason");
    if (!operators.isOperator(asker.identity())) {
      throw new RequestFailed(
          Problem.of(
              403,
              "operator_required",
              "Only an operator erases details.",
              "Policy says who has the duty operator."));
    }
    return switch (desk.erase(number, asker.identity(), reason)) {
      case ErasureOutcome.Done done ->
          new Reply.Document(
              201,
              out -> {
                out.text("entry", done.entries().getFirst().toString());
                out.text("erased", number.toString());
                out.flag("remains_in_log", done.remains());
                out.texts("not_reached", ErasureOutcome.Done.BEYOND);
              });
      case ErasureOutcome.Refused refused -> throw new RequestFailed(problem(refused));
    };
  }

  private static Problem problem(ErasureOutcome.Refused refused) {
    return switch (refused.fault()) {
      case UNKNOWN -> Problem.of(404, "nothing_to_erase", refused.detail(), refused.remedy());
      case KEPT -> Problem.of(409, "details_kept", refused.detail(), refused.remedy());
      case LIVE -> Problem.of(409, "still_alive", refused.detail(), refused.remedy());
      case REASON -> Problem.of(400, "reason_missing", refused.detail(), refused.remedy());
      case UNAVAILABLE -> Problem.of(503, "unavailable", refused.detail(), refused.remedy());
    };
  }
}
