package dev.daypass.revocation.live;

import dev.daypass.revocation.Target;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate that was granted, released or not.
 *
 * @param serial its serial, which is its entry's number
 * @param at when it was granted
 * @param validBefore from when on nobody accepts it
 */
public record LiveCertificate(EntryNumber serial, Instant at, Instant validBefore, Holder holder) {
  /** The key that signed it; empty where the details are gone. */
  public Optional<Fingerprint> caKey() {
    return holder.caKey();
  }

  boolean isOf(Target target) {
    return switch (target) {
      case Target.OfSerial(var wanted) -> serial.equals(wanted);
      case Target.OfUser(var user) -> is(holder.username(), user.text());
      case Target.OfRole(var role) -> is(holder.role(), role.text());
      case Target.OfKey(var key) -> is(holder.key(), key);
      case Target.OfHost(var host) -> is(holder.host(), host.text());
      case Target.OfLogin(var login) -> is(holder.login(), login.text());
      case Target.OfCaKey(var key) -> is(holder.caKey(), key);
      case Target.OfWindow(var from, var to) -> !at.isBefore(from) && at.isBefore(to);
    };
  }

  private static <T> boolean is(Optional<T> value, T wanted) {
    return value.isPresent() && value.get().equals(wanted);
  }
}
