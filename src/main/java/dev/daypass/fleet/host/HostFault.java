package dev.daypass.fleet.host;

import java.util.Locale;

/** Why a server, or an operator who works on servers, is refused: a closed list. */
public enum HostFault {
  NAME_INVALID,
  LABELS_INVALID,
  MODE_INVALID,
  REASON_MISSING,
  LIFETIME_INVALID,
  /** No host key, a key of this authority, or one known to be weak. */
  KEY_REFUSED,
  TOKEN_INVALID,
  TOKEN_USED,
  TOKEN_EXPIRED,
  /** The trust bundle does not allow this mode. */
  MODE_NOT_ALLOWED,
  NAME_TAKEN,
  KEY_IN_USE,
  /** Another change of the same server is under way. */
  HOST_BUSY,
  HOST_UNKNOWN,
  NOT_ASKING,
  TOO_MANY_ASKING,
  UNAVAILABLE;

  /** The stable code in problems. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
