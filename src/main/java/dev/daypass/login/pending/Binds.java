package dev.daypass.login.pending;

import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.RefusalLog;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginRules;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.Visitor;
import dev.daypass.login.open.LoginEntries;
import dev.daypass.login.outcome.BindOutcome;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.PollOutcome;
import dev.daypass.login.outcome.PollState;
import dev.daypass.login.store.CheckMark;
import dev.daypass.login.store.LoginEnd;
import dev.daypass.login.store.LoginStore;
import dev.daypass.login.store.SealedToken;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.login.store.TokenSealer;
import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The terminal's view of its login, and the last step: the key is bound. */
public final class Binds {
  private static final Logger LOG = LoggerFactory.getLogger(Binds.class);

  private final PendingLogins pending;
  private final LoginStore store;
  private final TokenSealer sealer;
  private final LoginEntries entries;
  private final RefusalLog refusals;
  private final Terms terms;

  /** Time, and for how long a login is made. */
  public record Terms(InstantSource clock, LoginRules rules) {}

  public Binds(
      PendingLogins pending,
      LoginStore store,
      TokenSealer sealer,
      LoginEntries entries,
      RefusalLog refusals,
      Terms terms) {
    this.pending = pending;
    this.store = store;
    this.sealer = sealer;
    this.entries = entries;
    this.refusals = refusals;
    this.terms = terms;
  }

  /** What a bind brings. */
  public record Evidence(
      LoginSecret poll, Optional<LoginSecret> proof, LoginSecret helper, SshPublicKey provenKey) {}

  /** How far the login is, for who holds its poll secret. */
  public PollOutcome state(LoginId id, LoginSecret poll) {
    Optional<PendingLogin> found = pending.find(id);
    if (found.isEmpty()) {
      return Refusals.UNKNOWN;
    }
    PendingLogin login = found.get();
    if (!login.facts().poll().matches(poll)) {
      return Refusals.POLL;
    }
    PollState state = login.stage().pollState();
    boolean expired = !state.isFinal() && login.isExpired(terms.clock().instant());
    return new PollOutcome.Known(expired ? PollState.EXPIRED : state);
  }

  /** Binds the key. Its entry comes first: a crash leaves an entry without a login at most. */
  public BindOutcome bind(LoginId id, Evidence evidence, Visitor terminal) {
    Optional<PendingLogin> found = pending.find(id);
    if (found.isEmpty()) {
      return Refusals.UNKNOWN;
    }
    PendingLogin login = found.get();
    if (!login.facts().poll().matches(evidence.poll())) {
      return Refusals.POLL;
    }
    if (login.isExpired(terms.clock().instant())) {
      return Refusals.EXPIRED;
    }
    return switch (login.stage()) {
      case Stage.Consented consented -> bind(login, consented, evidence, terminal);
      case Stage.Waiting _, Stage.SigningIn _, Stage.Exchanging _ -> Refusals.CONSENT_MISSING;
      case Stage.SignedIn _, Stage.Consenting _ -> Refusals.CONSENT_MISSING;
      case Stage.Refused _ -> Refusals.CONSENT_DENIED;
      // A proof that was used is no proof (CASES 75).
      case Stage.Binding _, Stage.Bound _ ->
          evidence.proof().isPresent() ? Refusals.PROOF : Refusals.NOT_NOW;
    };
  }

  private BindOutcome bind(
      PendingLogin login, Stage.Consented consented, Evidence evidence, Visitor terminal) {
    Optional<LoginRefused> lacking = lacking(login, consented, evidence);
    if (lacking.isPresent()) {
      note(login, consented, terminal, lacking.get());
      return lacking.get();
    }
    Stage.Binding binding = new Stage.Binding();
    if (!login.move(consented, binding)) {
      return Refusals.NOT_NOW;
    }
    StoredLogin opened = opened(login.facts(), consented.by());
    try {
      if (isAnothers(opened)) {
        return taken(login, consented, binding, terminal);
      }
      entries.bound(opened, terminal);
      return switch (store.open(opened, LoginEnd.of(new Ender.Replaced(opened.id())))) {
        case OPENED -> {
          var _ = login.move(binding, new Stage.Bound());
          yield new BindOutcome.Bound(opened.view());
        }
        case KEY_IN_USE -> taken(login, consented, binding, terminal);
      };
    } catch (LedgerUnavailable | StoreFailed e) {
      LOG.warn("login {} cannot be bound: {}", login.facts().id(), e.getMessage());
      var _ = login.move(binding, consented);
      return Refusals.UNAVAILABLE;
    }
  }

  private Optional<LoginRefused> lacking(
      PendingLogin login, Stage.Consented consented, Evidence evidence) {
    PendingLogin.Facts facts = login.facts();
    if (!facts.key().equals(evidence.provenKey())) {
      return Optional.of(Refusals.KEY_DIFFERS);
    }
    // RFC 7636 section 4.6: whoever began the login, and nobody who saw its URL, knows the secret.
    if (!facts.challenge().equals(evidence.helper().sha256())) {
      return Optional.of(Refusals.HELPER_SECRET);
    }
    if (consented.proof().isEmpty()) {
      return evidence.proof().isEmpty() ? Optional.empty() : Optional.of(Refusals.PROOF);
    }
    boolean proved =
        evidence.proof().filter(consented.proof().get()::matches).isPresent()
            && terms.clock().instant().isBefore(consented.proofUntil());
    return proved ? Optional.empty() : Optional.of(Refusals.PROOF);
  }

  private StoredLogin opened(PendingLogin.Facts facts, Stage.SignIn by) {
    Instant now = terms.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    Optional<SealedToken> token = by.refresh().map(refresh -> sealer.seal(refresh, facts.id()));
    return new StoredLogin(
        facts.id(),
        facts.key(),
        by.identity(),
        facts.request().hostname(),
        facts.mode(),
        facts.asker(),
        now,
        now.plus(terms.rules().lifetime(facts.mode(), token.isPresent())),
        token,
        // Not from now on: whoever left since the sign-in must be noticed in time.
        CheckMark.passed(by.at()));
  }

  private boolean isAnothers(StoredLogin opened) throws StoreFailed {
    return store
        .boundTo(opened.key().fingerprint())
        .filter(owner -> !owner.equals(opened.identity().id()))
        .isPresent();
  }

  private LoginRefused taken(
      PendingLogin login, Stage.Consented consented, Stage.Binding binding, Visitor terminal) {
    var _ = login.move(binding, new Stage.Refused());
    note(login, consented, terminal, Refusals.KEY_IN_USE);
    return Refusals.KEY_IN_USE;
  }

  private void note(
      PendingLogin login, Stage.Consented consented, Visitor terminal, LoginRefused why) {
    Asker asker =
        new Asker(
            Optional.of(login.facts().key()),
            Optional.of(terminal.address()),
            terminal.requestId());
    refusals.record(consented.by().identity(), asker, List.of(Refusals.reason(why)));
  }
}
