package dev.daypass.web.api;

import dev.daypass.revocation.RevocationOutcome;
import dev.daypass.revocation.Target;
import dev.daypass.revocation.TargetText;
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
import java.util.Optional;
import java.util.stream.Stream;

/** {@code POST /v1/revocations}: by operators, and by owners of logins and keys. */
public final class RevocationRoutes {
  private static final List<String> TARGETS =
      List.of("serial", "user", "role", "key", "host", "login", "ca_key");
  private static final RequestShape SHAPE =
      RequestShape.of(
          Map.of(
              "serial", Kind.TEXT,
              "user", Kind.TEXT,
              "role", Kind.TEXT,
              "key", Kind.TEXT,
              "host", Kind.TEXT,
              "login", Kind.TEXT,
              "ca_key", Kind.TEXT,
              "from", Kind.TEXT,
              "to", Kind.TEXT,
              "reason", Kind.TEXT));

  private final Admission admission;
  private final RevocationDesk desk;
  private final OperatorDuty operators;

  public RevocationRoutes(Admission admission, RevocationDesk desk, OperatorDuty operators) {
    this.admission = admission;
    this.desk = desk;
    this.operators = operators;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.post("/v1/revocations", admission.known(this::revoke)));
  }

  private Reply revoke(Exchange exchange, KnownAsker asker) throws RequestFailed, BodyRefused {
    RequestFields fields =
        RequestFields.read(SHAPE, exchange.mediaType(), exchange.body().toArray());
    Target target = target(fields);
    String reason = fields.required("reason");
    boolean operator = operators.isOperator(asker.identity());
    return switch (desk.revoke(target, asker.identity(), operator, reason)) {
      case RevocationOutcome.Done done ->
          new Reply.Document(
              201,
              out -> {
                out.text("target", target.kind());
                done.entry().ifPresent(entry -> out.text("entry", entry.toString()));
                out.number("revoked", done.certificates());
                out.number("logins_ended", done.logins());
                out.flag("standing", target.standing());
              });
      case RevocationOutcome.Refused refused -> throw new RequestFailed(problem(refused));
    };
  }

  private static Target target(RequestFields fields) throws RequestFailed {
    List<String> named =
        Stream.concat(TARGETS.stream(), Stream.of("from", "to"))
            .filter(name -> fields.text(name).isPresent())
            .toList();
    Optional<Target> target = Optional.empty();
    if (named.size() == 1 && TARGETS.contains(named.getFirst())) {
      String kind = named.getFirst();
      target = fields.text(kind).flatMap(value -> TargetText.parse(kind, value));
    } else if (named.equals(List.of("from", "to"))) {
      String window = fields.text("from").orElse("") + "/" + fields.text("to").orElse("");
      target = TargetText.parse("window", window);
    }
    return target.orElseThrow(() ->
        new RequestFailed(
            Problem.of(
                400,
                "target_malformed",
                "A revocation names one thing, in its own form.",
                "Send one of serial, user, role, key, host, login; or from and to.")));
  }

  private static Problem problem(RevocationOutcome.Refused refused) {
    return switch (refused.fault()) {
      case UNKNOWN -> Problem.of(404, "nothing_to_revoke", refused.detail(), refused.remedy());
      case NOT_YOURS -> Problem.of(403, "not_yours", refused.detail(), refused.remedy());
      case LOCAL_ONLY -> Problem.of(403, "local_only", refused.detail(), refused.remedy());
      case REASON -> Problem.of(400, "reason_missing", refused.detail(), refused.remedy());
      case UNAVAILABLE -> Problem.of(503, "unavailable", refused.detail(), refused.remedy());
    };
  }
}
