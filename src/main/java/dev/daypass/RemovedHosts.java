package dev.daypass;

import dev.daypass.fleet.host.HostRegistry;
import dev.daypass.revocation.RevocationOutcome;
import dev.daypass.revocation.RevocationOutcome.Fault;
import dev.daypass.revocation.Revocations;
import dev.daypass.revocation.Revoker;
import dev.daypass.revocation.Target;
import dev.daypass.revocation.live.Holder;
import dev.daypass.revocation.live.LiveCertificate;
import dev.daypass.revocation.live.RevocationState;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Revokes what removed servers still hold: clients must not believe whoever has its key. A name and
 * a key that are free again may join again, so single certificates are revoked, not the server.
 *
 * <p>It looks at each start and after each change, at what is alive and belongs to nobody who has
 * joined: a crash between removal and revocation leaves nothing behind.
 */
final class RemovedHosts {
  private static final Revoker BY = new Revoker.Local("daypassd");

  private final HostRegistry registry;
  private final RevocationState state;
  private final Revocations revocations;
  private final InstantSource clock;
  private final AtomicBoolean due = new AtomicBoolean(true);

  RemovedHosts(
      HostRegistry registry, RevocationState state, Revocations revocations, InstantSource clock) {
    this.registry = registry;
    this.state = state;
    this.revocations = revocations;
    this.clock = clock;
  }

  /** Some server has changed. */
  void changed() {
    due.set(true);
  }

  /** Revokes what is left over, if something has changed; again and again while it fails. */
  void lookIfDue() {
    if (due.compareAndSet(true, false) && !look()) {
      due.set(true);
    }
  }

  /** Whether all of it is revoked. */
  private boolean look() {
    if (!state.isComplete()) {
      return false;
    }
    boolean all = true;
    for (LiveCertificate left : state.unrevoked(this::isLeftOver, clock.instant())) {
      String why = "server " + left.holder().host().orElse("") + " was removed";
      RevocationOutcome outcome = revocations.revoke(new Target.OfSerial(left.serial()), BY, why);
      all &= !isUnavailable(outcome);
    }
    return all;
  }

  private boolean isLeftOver(LiveCertificate certificate) {
    Holder holder = certificate.holder();
    return holder.host().isPresent()
        && holder
            .key()
            .flatMap(registry::ofKey)
            .filter(joined -> joined.name().text().equals(holder.host().get()))
            .isEmpty();
  }

  private static boolean isUnavailable(RevocationOutcome outcome) {
    return outcome instanceof RevocationOutcome.Refused(Fault fault, _, _)
        && fault == Fault.UNAVAILABLE;
  }
}
