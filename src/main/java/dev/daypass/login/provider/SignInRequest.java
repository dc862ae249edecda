package dev.daypass.login.provider;

import java.net.URI;

/** Whether a browser can be sent to a provider. */
public sealed interface SignInRequest {
  record To(URI target) implements SignInRequest {}

  /** The provider's own description cannot be had. */
  record Unavailable(String detail) implements SignInRequest {}

  /** No provider of that name takes sign-ins. */
  record Unknown() implements SignInRequest {}
}
