package dev.daypass.revocation;

import dev.daypass.identity.Username;
import dev.daypass.login.LoginId;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.role.RoleName;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.tlog.EntryNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Targets as operators and requests write them. */
public final class TargetText {
  private TargetText() {}

  /**
   * Reads one.
   *
   * @param kind as {@link Target#kind} has it
   * @param value of a window its two times with a slash between (ISO 8601), else its name
   * @return empty if that is none
   */
  public static Optional<Target> parse(String kind, String value) {
    try {
      return switch (kind) {
        case "serial" -> serial(value).map(Target.OfSerial::new);
        case "user" -> Username.parse(value).map(Target.OfUser::new);
        case "role" -> RoleName.parse(value).map(Target.OfRole::new);
        case "key" -> Optional.of(new Target.OfKey(Fingerprint.parse(value)));
        case "host" -> HostName.parse(value).map(Target.OfHost::new);
        case "login" -> LoginId.parse(value).map(Target.OfLogin::new);
        case "ca_key" -> Optional.of(new Target.OfCaKey(Fingerprint.parse(value)));
        case "window" -> window(value.split("/", -1));
        default -> Optional.empty();
      };
    } catch (SshFormatException | DateTimeException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** A serial as it stands in a certificate: plain decimal; none is 0 (CASES 62). */
  static Optional<EntryNumber> serial(String text) {
    return text.matches("[1-9][0-9]{0,17}")
        ? Optional.of(new EntryNumber(Long.parseLong(text)))
        : Optional.empty();
  }

  private static Optional<Target> window(String[] ends) {
    return ends.length == 2
        ? Optional.of(new Target.OfWindow(Instant.parse(ends[0]), Instant.parse(ends[1])))
        : Optional.empty();
  }
}
