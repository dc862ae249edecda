package dev.daypass.web.audit;

import dev.daypass.identity.Identity;
import dev.daypass.web.asker.Admission;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;

/** Lets those with the duty {@code auditor} in, and nobody else. */
public final class Auditors {
  private final Admission admission;
  private final AuditorDuty duty;

  public Auditors(Admission admission, AuditorDuty duty) {
    this.admission = admission;
    this.duty = duty;
  }

  /** The route for auditors, as one for all. */
  Endpoint.Route only(AuditorRoute route) {
    return known((exchange, _) -> route.answer(exchange));
  }

  /** The same for a route that also needs to know which auditor asks. */
  Endpoint.Route known(KnownAuditorRoute route) {
    return admission.known((exchange, asker) -> {
      if (!duty.isAuditor(asker.identity())) {
        throw new RequestFailed(
            Problem.of(
                403,
                "auditor_required",
                "Only an auditor reads the ledger.",
                "Policy says who has the duty auditor; /v1/history is your own part of it."));
      }
      return route.answer(exchange, asker.identity());
    });
  }

  /** Answers a request of an auditor who is known. */
  @FunctionalInterface
  interface KnownAuditorRoute {
    Reply answer(Exchange exchange, Identity auditor) throws RequestFailed, BodyRefused;
  }

  /** Answers a request of an auditor. */
  @FunctionalInterface
  interface AuditorRoute {
    Reply answer(Exchange exchange) throws RequestFailed, BodyRefused;
  }
}
