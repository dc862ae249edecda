package dev.daypass.web.api;

import dev.daypass.web.body.Problem;

/** A request that ends before its route has an answer; it carries the problem to send. */
final class RequestFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  RequestFailed(Problem problem) {
    // The stack is never read: refusing noise has to be cheap.
    super(problem.code(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
