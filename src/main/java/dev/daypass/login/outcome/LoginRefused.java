package dev.daypass.login.outcome;

/**
 * A step of a login that does not happen, and why, in words for the person.
 *
 * @param code stable; the fault's own, or for {@link LoginFault#IDENTITY_REFUSED} the precise one
 *     of the check that refused
 */
public record LoginRefused(LoginFault fault, String code, String detail, String remedy)
    implements StartOutcome,
        SignInOutcome,
        CallbackOutcome,
        ConsentPage,
        ConsentOutcome,
        PollOutcome,
        BindOutcome,
        Standing,
        EndOutcome {
  public LoginRefused(LoginFault fault, String detail, String remedy) {
    this(fault, fault.code(), detail, remedy);
  }
}
