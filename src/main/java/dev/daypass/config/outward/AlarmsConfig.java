package dev.daypass.config.outward;

import dev.daypass.config.value.Secret;
import java.net.URI;
import java.util.List;

/** An item of {@code alarms}: who is told of what should not be. */
public sealed interface AlarmsConfig {
  /** A webhook. */
  record ToWebhook(URI url, Secret secret) implements AlarmsConfig {}

  /** Mail to operators. */
  record ToOperators(List<String> addresses) implements AlarmsConfig {
    public ToOperators {
      addresses = List.copyOf(addresses);
    }
  }

  /** Mail to the person whose account was used unusually, to the address that is verified. */
  record ToOwner() implements AlarmsConfig {}
}
