package dev.daypass.web.exchange;

import dev.daypass.identity.IdentityId;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.web.body.Problem;
import java.util.Optional;

/** A request that ends before its route has an answer; it carries the problem to send. */
public final class RequestFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** The code of a proof about which nothing can be known now: its sender is still a stranger. */
  public static final String UNJUDGED = "identity_provider_unavailable";

  private final transient Problem problem;
  private final transient Optional<IdentityId> who;
  private final transient Optional<SshPublicKey> provenKey;

  public RequestFailed(Problem problem) {
    this(problem, Optional.empty());
  }

  /** A failure of somebody who is known, and not admitted. */
  public RequestFailed(Problem problem, Optional<IdentityId> who) {
    this(problem, who, Optional.empty());
  }

  /** A failure of whom a key stood for that signed the request, and who is not admitted. */
  public RequestFailed(Problem problem, IdentityId who, SshPublicKey provenKey) {
    this(problem, Optional.of(who), Optional.of(provenKey));
  }

  private RequestFailed(
      Problem problem, Optional<IdentityId> who, Optional<SshPublicKey> provenKey) {
    // The stack is never read: refusing noise has to be cheap.
    super(problem.code(), null, false, false);
    this.problem = problem;
    this.who = who;
    this.provenKey = provenKey;
  }

  public Problem problem() {
    return problem;
  }

  public Optional<IdentityId> who() {
    return who;
  }

  /** The key that signed the request, where somebody is known by it. */
  public Optional<SshPublicKey> provenKey() {
    return provenKey;
  }
}
