package dev.daypass.policy.request;

import dev.daypass.policy.AccessRequest;
import dev.daypass.policy.Decision;

/** What came of reading a request. */
public sealed interface RequestReading {

  record Read(AccessRequest request) implements RequestReading {}

  /** Something in it is outside its grammar, or names a server that nobody knows. */
  record Unreadable(Decision.Refused refusal) implements RequestReading {}
}
