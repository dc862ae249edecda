package dev.daypass.issuance;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityRegistry;
import dev.daypass.identity.Registration;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.refusal.Asked;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.ledger.refusal.RefusalLog;
import dev.daypass.policy.AccessRequest;
import dev.daypass.policy.Decision;
import dev.daypass.policy.Policy;
import dev.daypass.policy.request.RequestReader;
import dev.daypass.policy.request.RequestReading;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The main job (DESIGN section 4, steps 2 to 4): may this identity hold this role, write the answer
 * down, and only then let a certificate be signed. A request that is not granted ends in the ledger
 * too, within its identity's budget.
 */
public final class CertificateIssuance {
  private final Supplier<Policy> policy;
  private final IdentityRegistry registry;
  private final RequestReader reader;
  private final KeyScreen keys;
  private final CertificateRelease release;
  private final RefusalLog refusals;
  private final InstantSource clock;
  private final IdempotencyMemory answers;

  /** Everything that issuance needs, built once by the root. */
  public CertificateIssuance(
      Supplier<Policy> policy,
      IdentityRegistry registry,
      RequestReader reader,
      KeyScreen keys,
      CertificateRelease release,
      RefusalLog refusals,
      InstantSource clock) {
    this.policy = policy;
    this.registry = registry;
    this.reader = reader;
    this.keys = keys;
    this.release = release;
    this.refusals = refusals;
    this.clock = clock;
    this.answers = new IdempotencyMemory(clock);
  }

  /** Decides, logs, signs; or refuses and logs that. Blocks until the entry is durable. */
  public IssuanceOutcome issue(
      Identity identity, CertificateRequest request, RequestContext context) {
    Optional<IdempotencyKey> key = IdempotencyKey.of(identity, context);
    try {
      return key.isEmpty()
          ? decide(identity, request, context, key)
          : once(identity, request, context, key.get());
    } catch (RequestRefused e) {
      return refused(identity, request, context, e);
    } catch (LedgerUnavailable e) {
      return Refusals.unavailable(e.stopCause());
    }
  }

  /**
   * Writes down that a known identity's request was refused before it came here: malformed, or not
   * signed by the key it is for. Empty once the hour's budget is spent.
   */
  public Optional<EntryNumber> recordRefusal(Identity identity, Asker asker, Reason reason) {
    return refusals.record(identity, asker, List.of(reason));
  }

  /** The same of somebody of whom a good token tells the name, and not enough to be admitted. */
  public Optional<EntryNumber> recordRefusal(IdentityId id, Asker asker, Reason reason) {
    return refusals.record(id, asker, List.of(reason));
  }

  private IssuanceOutcome once(
      Identity identity, CertificateRequest request, RequestContext context, IdempotencyKey key)
      throws RequestRefused, LedgerUnavailable {
    return switch (answers.claim(key, context.bodyHash())) {
      case IdempotencyMemory.Claim.Known known -> known.outcome();
      case IdempotencyMemory.Claim.OtherBody _ -> throw RequestRefused.otherBody();
      case IdempotencyMemory.Claim.Mine mine -> {
        Optional<IssuanceOutcome> outcome = Optional.empty();
        try {
          outcome = Optional.of(findOrDecide(identity, request, context, key));
          yield outcome.get();
        } catch (RequestRefused e) {
          outcome = Optional.of(refused(identity, request, context, e));
          yield outcome.get();
        } finally {
          mine.answer(outcome);
        }
      }
    };
  }

  private IssuanceOutcome findOrDecide(
      Identity identity, CertificateRequest request, RequestContext context, IdempotencyKey key)
      throws RequestRefused, LedgerUnavailable {
    return switch (release.find(key, context.bodyHash())) {
      case CertificateRelease.Earlier.None _ ->
          decide(identity, request, context, Optional.of(key));
      case CertificateRelease.Earlier.Granted(var entry) ->
          new IssuanceOutcome.AlreadyGranted(entry);
      case CertificateRelease.Earlier.OtherBody _ -> throw RequestRefused.otherBody();
    };
  }

  private IssuanceOutcome decide(
      Identity identity,
      CertificateRequest request,
      RequestContext context,
      Optional<IdempotencyKey> key)
      throws RequestRefused, LedgerUnavailable {
    keys.check(request.publicKey(), context.provenKey());
    AccessRequest access = read(request, context);
    // One policy for one request: a reload in between must not mix two.
    Policy inForce = policy.get();
    return switch (inForce.decide(identity, access, clock.instant())) {
      // Only who is granted something takes a name, so that nobody can squat on another's.
      case Decision.Granted granted when hasNoGrace(granted, context) ->
          throw RequestRefused.forbidden(Refusals.NO_GRACE);
      case Decision.Granted granted ->
          isRegistered(identity)
              ? release.release(new Grant(identity, access, granted, inForce.hash(), context, key))
              : Refusals.unregistered();
      case Decision.Refused refusal -> throw RequestRefused.by(refusal);
      case Decision.NeedsApproval(var grant) -> new IssuanceOutcome.NeedsApproval(grant);
    };
  }

  /** Whether the provider has been away for longer than the role tolerates. */
  private boolean hasNoGrace(Decision.Granted granted, RequestContext context) {
    Optional<Instant> since = context.login().flatMap(LoginUse::unreachableSince);
    Optional<Duration> grace = granted.role().idpGrace();
    return since.isPresent()
        && grace.isPresent()
        && !since.get().plus(grace.get()).isAfter(clock.instant());
  }

  private AccessRequest read(CertificateRequest request, RequestContext context)
      throws RequestRefused {
    return switch (reader.read(request.wish(), context.provenKey(), context.address())) {
      case RequestReading.Read(var access) -> access;
      case RequestReading.Unreadable(var refusal) -> throw RequestRefused.by(refusal);
    };
  }

  /** False if nobody can tell at the moment. */
  private boolean isRegistered(Identity identity) throws RequestRefused {
    return switch (registry.register(identity)) {
      case Registration.Accepted _ -> true;
      case Registration.Unavailable _ -> false;
      case Registration.UsernameTaken _ -> throw RequestRefused.forbidden(Refusals.USERNAME_TAKEN);
      case Registration.AccountTaken _ -> throw RequestRefused.forbidden(Refusals.ACCOUNT_TAKEN);
    };
  }

  private IssuanceOutcome.Refused refused(
      Identity identity,
      CertificateRequest request,
      RequestContext context,
      RequestRefused refused) {
    return new IssuanceOutcome.Refused(
        refused.kind(),
        refused.reasons(),
        refusals.record(identity, context.asker(), Asked.of(request.wish()), refused.reasons()));
  }
}
