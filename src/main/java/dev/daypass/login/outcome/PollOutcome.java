package dev.daypass.login.outcome;

/** What a terminal learns of its login. */
public sealed interface PollOutcome permits PollOutcome.Known, LoginRefused {
  record Known(PollState state) implements PollOutcome {}
}
