package dev.daypass.web.api;

import dev.daypass.identity.IdentityId;
import dev.daypass.web.body.Problem;
import java.util.Optional;

/** A request that ends before its route has an answer; it carries the problem to send. */
final class RequestFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Optional<IdentityId> who;

  RequestFailed(Problem problem) {
    this(problem, Optional.empty());
  }

  /** A failure of somebody who is known, and not admitted. */
  RequestFailed(Problem problem, Optional<IdentityId> who) {
    // The stack is never read: refusing noise has to be cheap.
    super(problem.code(), null, false, false);
    this.problem = problem;
    this.who = who;
  }

  Problem problem() {
    return problem;
  }

  Optional<IdentityId> who() {
    return who;
  }
}
