package dev.daypass.revocation.live;

import dev.daypass.krl.RevokedCertificates;
import dev.daypass.ledger.Follower;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.policy.host.HostName;
import dev.daypass.revocation.RevocationDetails;
import dev.daypass.revocation.Target;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What the ledger says of certificates that are alive and of revocations that count. What is
 * revoked for good is known from the start; the rest is read by {@link #readPast}, which takes as
 * long as there are certificates that may be alive.
 */
public final class RevocationState implements Follower {
  /** The longest life that configuration allows, and how far ahead one may begin. */
  static final Duration USER_HORIZON = Duration.ofDays(7).plusHours(1);

  static final Duration HOST_HORIZON = Duration.ofDays(366);

  private final LiveCertificates live = new LiveCertificates();
  private final Revoked revoked = new Revoked();
  private final CaKeys caKeys = new CaKeys();
  private final PastEntries past;
  private final CountDownLatch complete = new CountDownLatch(1);

  /** Hears of each change of what is revoked, on the thread that made it. */
  private volatile Runnable changed = () -> {};

  private RevocationState(PastEntries past) {
    this.past = past;
  }

  /**
   * Knows from now on what is written, and already what holds for good.
   *
   * @throws LedgerUnavailable if the store cannot be read
   */
  public static RevocationState open(Ledger ledger) throws LedgerUnavailable {
    RevocationState state = new RevocationState(new PastEntries(ledger));
    ledger.follow(state);
    state.past.standing(state::take);
    state.past.of(EntryKind.CA_KEY_ADDED, Instant.MIN, state::take);
    return state;
  }

  /** Reads what was written before this process and may still be alive at that moment. */
  public void readPast(Instant now) throws LedgerUnavailable {
    past.of(EntryKind.CERTIFICATE_GRANTED, now.minus(USER_HORIZON), this::take);
    past.of(EntryKind.HOST_CERTIFICATE_GRANTED, now.minus(HOST_HORIZON), this::take);
    past.of(EntryKind.REVOCATION_ADDED, now.minus(HOST_HORIZON), this::take);
    complete.countDown();
    changed.run();
  }

  /** Waits until the past has been read; false if that takes longer. */
  public boolean awaitComplete(Duration patience) throws InterruptedException {
    return complete.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether the past has been read. */
  public boolean isComplete() {
    return complete.getCount() == 0;
  }

  /** Tells this one of each change; there is one at most. */
  public void onChange(Runnable listener) {
    changed = listener;
  }

  @Override
  public void written(EntryNumber number, Entry entry, JsonObject details) {
    take(number, entry, Optional.of(details));
  }

  /** Certificates that are alive and not revoked, of a target, the lowest serial first. */
  public List<LiveCertificate> unrevoked(Target target, Instant now) {
    return unrevoked(certificate -> certificate.isOf(target), now);
  }

  /** The same of those that are wanted, whatever they have in common. */
  public List<LiveCertificate> unrevoked(Predicate<LiveCertificate> wanted, Instant now) {
    return live.of(wanted, now).stream()
        .filter(certificate -> !revoked.hasSerial(certificate.serial()))
        .toList();
  }

  public boolean isKeyRevoked(Fingerprint key) {
    return revoked.hasKey(key);
  }

  public boolean isHostRevoked(HostName host) {
    return revoked.hasHost(host);
  }

  public boolean isCaKeyRevoked(Fingerprint key) {
    return revoked.hasCaKey(key);
  }

  /** Whether this is a CA key of this authority, of today or of earlier. */
  public boolean isCaKey(Fingerprint key) {
    return caKeys.knows(key);
  }

  /** Rises with everything that a list must say. */
  public long changes() {
    return revoked.changes();
  }

  /**
   * A list of all that is revoked and alive at that moment; what has ended is forgotten.
   *
   * @throws IllegalStateException before the past was read: such a list would lack it
   */
  public List<RevokedCertificates> alive(Instant moment) {
    if (!isComplete()) {
      throw new IllegalStateException("what was revoked before this start is not known yet");
    }
    Revoked.Snapshot snapshot = revoked.snapshot();
    List<LiveCertificate> alive =
        live.withSerials(snapshot.serials()).stream()
            .filter(certificate -> certificate.validBefore().isAfter(moment))
            .toList();
    return caKeys.sections(alive);
  }

  /** The keys that no server takes any more: certified ones and CA keys. */
  public List<Fingerprint> keys() {
    return revoked.snapshot().keys();
  }

  /** Forgets what ended before that moment. */
  public void prune(Instant moment) {
    Revoked.Snapshot snapshot = revoked.snapshot();
    Set<EntryNumber> ended = new HashSet<>(snapshot.serials());
    live.withSerials(snapshot.serials()).stream()
        .filter(certificate -> certificate.validBefore().isAfter(moment))
        .map(LiveCertificate::serial)
        .forEach(ended::remove);
    revoked.forget(ended);
    live.prune(moment);
  }

  private void take(EntryNumber number, Entry entry, Optional<JsonObject> details) {
    switch (entry.kind()) {
      case CERTIFICATE_GRANTED -> live.add(granted(number, entry, details, USER_HORIZON));
      case HOST_CERTIFICATE_GRANTED -> live.add(granted(number, entry, details, HOST_HORIZON));
      case CA_KEY_ADDED -> details.filter(RevocationState::isOfCaKey).ifPresent(caKeys::add);
      case REVOCATION_ADDED -> details.ifPresent(this::revoked);
      default -> {}
    }
  }

  /** A ledger key signs no certificate, so no list has a section of it. */
  private static boolean isOfCaKey(JsonObject details) {
    return !details.text("use").equals(Optional.of(KeyUse.LEDGER.keyName()));
  }

  private void revoked(JsonObject details) {
    long before = revoked.changes();
    RevocationDetails.target(details).ifPresent(revoked::add);
    revoked.add(RevocationDetails.serials(details));
    if (revoked.changes() != before) {
      changed.run();
    }
  }

  private static LiveCertificate granted(
      EntryNumber number, Entry entry, Optional<JsonObject> details, Duration horizon) {
    // What cannot be read counts as alive for as long as it can be: one serial too many is safe.
    Instant end =
        details
            .flatMap(object -> object.text("valid_before"))
            .flatMap(PastEntries::instant)
            .orElse(entry.at().plus(horizon));
    return new LiveCertificate(
        number, entry.at(), end, details.map(Holder::of).orElse(Holder.UNKNOWN));
  }
}
