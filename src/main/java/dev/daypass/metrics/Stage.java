package dev.daypass.metrics;

import java.util.Locale;

/** A part of the way from a request to its certificate. */
enum Stage {
  /** A bearer token is verified; the provider's keys are fetched at most now and then. */
  IDENTIFY,
  /** All behind that: policy, ledger, signature; the stages below are parts of it. */
  ISSUE,
  /** A batch of entries is written and synced; not only grants are. */
  COMMIT,
  /** The signer makes its head durable and signs the batch's checkpoint. */
  CHECKPOINT,
  /** The signer signs a certificate. */
  SIGN;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
