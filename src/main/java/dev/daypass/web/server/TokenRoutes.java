package dev.daypass.web.server;

import dev.daypass.fleet.host.HostFault;
import dev.daypass.fleet.host.HostRefused;
import dev.daypass.fleet.host.JoinToken;
import dev.daypass.fleet.host.StoredToken;
import dev.daypass.fleet.host.TokenOutcome;
import dev.daypass.policy.DurationText;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.host.Label;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An operator makes a join token: the only answer that ever holds it. */
public final class TokenRoutes {
  private static final RequestShape TOKEN =
      RequestShape.of(Map.of("name", Kind.TEXT, "labels", Kind.TEXTS, "for", Kind.TEXT));

  private final Admission admission;
  private final OperatorDuty operators;
  private final ServerDesk desk;

  public TokenRoutes(Admission admission, OperatorDuty operators, ServerDesk desk) {
    this.admission = admission;
    this.operators = operators;
    this.desk = desk;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.post("/v1/hosts/tokens", admission.known(this::token)));
  }

  private Reply token(Exchange exchange, KnownAsker asker) throws RequestFailed, BodyRefused {
    if (!operators.isOperator(asker.identity())) {
      throw new RequestFailed(
          Problem.of(
              403,
              "operator_required",
              "Only an operator lets servers join.",
              "Ask one; policy says who has the duty operator."));
    }
    RequestFields fields =
        RequestFields.read(TOKEN, exchange.mediaType(), exchange.body().toArray());
    HostName name = HostRoutes.hostName(fields.required("name"));
    Map<String, String> labels =
        Label.parseAll(fields.texts("labels").orElse(List.of()))
            .orElseThrow(() ->
                HostProblems.invalid(
                    HostFault.LABELS_INVALID,
                    "labels are not each like env=prod, every name once.",
                    "Look at /openapi.yaml."));
    Duration lifetime =
        DurationText.parse(fields.text("for").orElse("1h"))
            .orElseThrow(() ->
                HostProblems.invalid(
                    HostFault.LIFETIME_INVALID, "for is no duration like 30m.", "Leave it out."));
    return switch (desk.token(name, labels, lifetime, asker.identity().username().text())) {
      case TokenOutcome.Made(JoinToken token, StoredToken stored) ->
          new Reply.Document(
              201,
              out -> {
                out.text("name", stored.name().text());
                out.texts("labels", Label.texts(stored.labels()));
                out.text("valid_until", stored.validUntil().toString());
                out.text("token", token.word());
              });
      case HostRefused refused -> throw HostProblems.failed(refused);
    };
  }
}
