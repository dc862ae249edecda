package dev.daypass.fleet.answer;

/** Why a server gets no certificate, however well it asks. */
public sealed interface Stop {
  /** An operator has stopped all issuance, and why. */
  record Frozen(String why) implements Stop {}

  /** An operator has revoked the server or its key, which is for good. */
  record Revoked() implements Stop {}

  /** It was removed while its certificate was made. */
  record Left() implements Stop {}

  /** One word for the entry of a certificate that is not released. */
  default String cause() {
    return switch (this) {
      case Frozen _ -> "frozen";
      case Revoked _ -> "host_revoked";
      case Left _ -> "host_left";
    };
  }
}
