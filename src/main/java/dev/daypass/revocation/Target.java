package dev.daypass.revocation;

import dev.daypass.identity.Username;
import dev.daypass.login.LoginId;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.role.RoleName;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;

/** What a revocation is about. */
public sealed interface Target {
  /** One certificate, of a user or a host, by its serial: the number of its entry. */
  record OfSerial(EntryNumber serial) implements Target {
    public OfSerial {
      if (serial.value() == 0) {
        // FORMATS, "KRL": a list with serial 0 refuses everybody; no certificate has it (CASES 62).
        throw new IllegalArgumentException("no certificate has serial 0");
      }
    }
  }

  /** All that a person or service holds now. */
  record OfUser(Username user) implements Target {}

  /** All that was granted under a role and is alive now. */
  record OfRole(RoleName role) implements Target {}

  /** A key, now and for ever: nothing is granted to it again. */
  record OfKey(Fingerprint key) implements Target {}

  /** A server's certificates, now and for ever: it gets no other. */
  record OfHost(HostName host) implements Target {}

  /** A login and the certificates of its key. */
  record OfLogin(LoginId login) implements Target {}

  /** A CA key, and with it all that it ever signed. */
  record OfCaKey(Fingerprint caKey) implements Target {}

  /** All that was granted in a stretch of time; {@code from} is in it, {@code to} is not. */
  record OfWindow(Instant from, Instant to) implements Target {
    public OfWindow {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("a window ends after it begins");
      }
    }
  }

  /** The word for it in entries and requests. */
  default String kind() {
    return switch (this) {
      case OfSerial _ -> "serial";
      case OfUser _ -> "user";
      case OfRole _ -> "role";
      case OfKey _ -> "key";
      case OfHost _ -> "host";
      case OfLogin _ -> "login";
      case OfCaKey _ -> "ca_key";
      case OfWindow _ -> "window";
    };
  }

  /** Whether it holds for what will be asked later too, not only for what is alive. */
  default boolean standing() {
    return switch (this) {
      case OfKey _, OfHost _, OfCaKey _ -> true;
      case OfSerial _, OfUser _, OfRole _, OfLogin _, OfWindow _ -> false;
    };
  }
}
