package dev.daypass.login.outcome;

import dev.daypass.login.LoginSecret;

/** What becomes of the consent form. */
public sealed interface ConsentOutcome
    permits ConsentOutcome.Finish,
        ConsentOutcome.Done,
        ConsentOutcome.WrongCode,
        ConsentOutcome.Denied,
        LoginRefused {
  /** Loopback: the proof goes by form post to the terminal on this port, within 60 s. */
  record Finish(int port, LoginSecret proof) implements ConsentOutcome {}

  /** Device: the terminal goes on by itself. */
  record Done() implements ConsentOutcome {}

  /** Device: not the terminal's code. */
  record WrongCode(int triesLeft) implements ConsentOutcome {}

  /** The person said no. */
  record Denied() implements ConsentOutcome {}
}
