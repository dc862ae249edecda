package dev.daypass.revocation;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.StopCause;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.LoginId;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.revocation.RevocationOutcome.Fault;
import dev.daypass.revocation.live.LiveCertificate;
import dev.daypass.revocation.live.RevocationState;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Revokes: ends the logins that are meant, so that nothing more is released under them; then writes
 * down what is alive of the target. Asked again after a failure, it does what is left.
 */
public final class Revocations {
  private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);
  private static final int MAX_REASON_CHARS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Ledger ledger;
  private final RevocationState state;
  private final LoginEnds logins;
  private final InstantSource clock;

  public Revocations(Ledger ledger, RevocationState state, LoginEnds logins, InstantSource clock) {
    this.ledger = ledger;
    this.state = state;
    this.logins = logins;
    this.clock = clock;
  }

  /** How many certificates would be revoked, and how many logins end, if it were asked now. */
  public RevocationOutcome foresee(Target target) {
    try {
      Optional<RevocationOutcome> refusal = unknown(target);
      return refusal.isPresent()
          ? refusal.get()
          : new RevocationOutcome.Done(
              Optional.empty(), alive(target).size(), loginsOf(target).size());
    } catch (StoreFailed | LedgerUnavailable e) {
      return unavailable(e);
    }
  }

  /** Revokes for somebody who asks over the API: an operator, or the owner of a login or key. */
  public RevocationOutcome revoke(Target target, Identity asker, boolean operator, String why) {
    try {
      if (target instanceof Target.OfCaKey) {
        return new RevocationOutcome.Refused(
            Fault.LOCAL_ONLY, // CASES 64
            "A CA key is revoked on the machine of the certificate authority alone.",
            "There: daypassd revoke --ca FINGERPRINT --reason TEXT.");
      }
      if (owner(target).filter(asker.id()::equals).isPresent()) {
        return revoke(target, new Revoker.Owner(asker), why);
      }
      return operator
          ? revoke(target, new Revoker.Operator(asker), why)
          : new RevocationOutcome.Refused(
              Fault.NOT_YOURS, // CASES 65
              "Only your own logins and keys are yours to revoke.",
              "Ask an operator: daypassd revoke.");
    } catch (StoreFailed e) {
      return unavailable(e);
    }
  }

  /** Revokes by the word of somebody who may. */
  public RevocationOutcome revoke(Target target, Revoker revoker, String why) {
    if (why.isBlank() || why.length() > MAX_REASON_CHARS) {
      return new RevocationOutcome.Refused(
          Fault.REASON,
          "A revocation has a reason of 1 to " + MAX_REASON_CHARS + " characters.",
          "Say why; it stands in the ledger.");
    }
    try {
      Optional<RevocationOutcome> refusal = unknown(target);
      return refusal.isPresent() ? refusal.get() : write(target, revoker, why);
    } catch (StoreFailed | LedgerUnavailable e) {
      return unavailable(e);
    }
  }

  private RevocationOutcome write(Target target, Revoker revoker, String why)
      throws StoreFailed, LedgerUnavailable {
    Optional<EntryNumber> first = Optional.empty();
    int certificates = 0;
    if (target.standing()) {
      // Before anything else: from this entry on nothing is granted to the key again.
      List<LiveCertificate> alive = alive(target);
      first = Optional.of(append(target, revoker, why, alive));
      certificates = alive.size();
    }
    EndOutcome ending = end(loginsOf(target), revoker, why);
    if (ending instanceof LoginRefused refused) {
      return new RevocationOutcome.Refused(Fault.UNAVAILABLE, refused.detail(), refused.remedy());
    }
    EndOutcome.Ended ended = (EndOutcome.Ended) ending;
    // What an entry above has revoked is no further certificate.
    certificates += target.standing() ? 0 : ended.revoked();
    if (!(target instanceof Target.OfLogin)) {
      List<LiveCertificate> left = alive(target);
      while (first.isEmpty() || !left.isEmpty()) {
        EntryNumber entry = append(target, revoker, why, left);
        first = first.isPresent() ? first : Optional.of(entry);
        certificates += left.size();
        left = before(first.get(), alive(target));
      }
    }
    LOG.info("{} is revoked by {}, certificates: {}", target, revoker.name(), certificates);
    return new RevocationOutcome.Done(first, certificates, ended.logins());
  }

  private EndOutcome end(List<LoginId> open, Revoker revoker, String why) {
    return open.isEmpty() ? new EndOutcome.Ended(0, 0) : logins.end(open, revoker.ender(why));
  }

  /** As many entries as the serials fill, at least one; answers the number of the first. */
  private EntryNumber append(
      Target target, Revoker revoker, String why, List<LiveCertificate> alive)
      throws LedgerUnavailable {
    List<EntryNumber> serials = alive.stream().map(LiveCertificate::serial).toList();
    Optional<EntryNumber> first = Optional.empty();
    int from = 0;
    do {
      int to = Math.min(serials.size(), from + RevocationDetails.MAX_SERIALS);
      Draft draft =
          Draft.of(
              EntryKind.REVOCATION_ADDED,
              RevocationDetails.of(target, revoker, why, serials.subList(from, to)),
              RevocationDetails.searchKeys(target));
      EntryNumber number = ledger.append(draft).number();
      first = first.isPresent() ? first : Optional.of(number);
      from = to;
    } while (from < serials.size());
    return first.get();
  }

  /** Granted while the entry was on its way; what came after it is not meant. */
  private static List<LiveCertificate> before(EntryNumber entry, List<LiveCertificate> alive) {
    return alive.stream().filter(each -> each.serial().compareTo(entry) < 0).toList();
  }

  private List<LiveCertificate> alive(Target target) throws LedgerUnavailable {
    try {
      if (!state.awaitComplete(PATIENCE)) {
        throw new LedgerUnavailable(
            StopCause.OVERLOADED, "what is alive is still being read from the ledger");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailable(StopCause.CLOSED, "interrupted while waiting", e);
    }
    return state.unrevoked(target, clock.instant());
  }

  private List<LoginId> loginsOf(Target target) throws StoreFailed {
    return switch (target) {
      case Target.OfUser(var user) -> logins.ofUser(user);
      case Target.OfKey(var key) -> logins.ofKey(key).stream().toList();
      case Target.OfLogin(var login) -> List.of(login);
      case Target.OfSerial _,
          Target.OfRole _,
          Target.OfHost _,
          Target.OfCaKey _,
          Target.OfWindow _ ->
          List.of();
    };
  }

  private Optional<IdentityId> owner(Target target) throws StoreFailed {
    return switch (target) {
      case Target.OfLogin(var login) -> logins.ownerOf(login);
      case Target.OfKey(var key) -> logins.ownerOf(key);
      case Target.OfSerial _,
          Target.OfUser _,
          Target.OfRole _,
          Target.OfHost _,
          Target.OfCaKey _,
          Target.OfWindow _ ->
          Optional.empty();
    };
  }

  /** What names nothing is refused: a slip of the pen must not look like a revocation. */
  private Optional<RevocationOutcome> unknown(Target target) throws StoreFailed, LedgerUnavailable {
    return switch (target) {
      case Target.OfSerial _, Target.OfRole _, Target.OfWindow _ ->
          refusedUnless(!alive(target).isEmpty(), "No such certificate is alive and unrevoked.");
      case Target.OfUser(var user) ->
          refusedUnless(
              !logins.ofUser(user).isEmpty() || !alive(target).isEmpty(),
              "Nobody of that name is logged in or holds a certificate.");
      case Target.OfLogin(var login) ->
          refusedUnless(logins.ownerOf(login).isPresent(), "There is no such open login.");
      case Target.OfKey(var key) ->
          // By this way it could be done over the API (CASES 64).
          refusedUnless(!state.isCaKey(key), "That is a CA key, which is revoked as one.");
      case Target.OfCaKey(var key) ->
          refusedUnless(state.isCaKey(key), "No CA key of this authority has that fingerprint.");
      case Target.OfHost _ -> Optional.empty();
    };
  }

  private static Optional<RevocationOutcome> refusedUnless(boolean good, String detail) {
    return good
        ? Optional.empty()
        : Optional.of(
            new RevocationOutcome.Refused(
                Fault.UNKNOWN,
                detail,
                "See what there is: daypassd logins list, daypassd ledger show SERIAL."));
  }

  private static RevocationOutcome unavailable(Exception e) {
    LOG.warn("a revocation could not be written down", e);
    return new RevocationOutcome.Refused(
        Fault.UNAVAILABLE,
        "The ledger does not take it now, or not all of it.",
        "Look at /readyz, then ask again: what is done is not done twice.");
  }
}
