package dev.daypass.login.outcome;

import dev.daypass.login.LoginId;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.UserCode;
import java.time.Instant;
import java.util.Optional;

/** What becomes of a login's start. */
public sealed interface StartOutcome permits StartOutcome.Started, LoginRefused {
  /**
   * The login waits for a browser until {@code expiresAt}.
   *
   * @param poll for this terminal alone, never in a URL
   * @param code in device mode
   */
  record Started(LoginId id, LoginSecret poll, Optional<UserCode> code, Instant expiresAt)
      implements StartOutcome {}
}
