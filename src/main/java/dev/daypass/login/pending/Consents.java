package dev.daypass.login.pending;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityRegistry;
import dev.daypass.identity.Registration;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.RefusalLog;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.LoginView;
import dev.daypass.login.Visitor;
import dev.daypass.login.open.LoginEntries;
import dev.daypass.login.outcome.ConsentOutcome;
import dev.daypass.login.outcome.ConsentPage;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.store.LoginStore;
import dev.daypass.login.store.StoredLogin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consent of the person in the browser: what is agreed to is shown, the form counts only with
 * the page's own token, and the consent is an entry before it has any effect.
 */
public final class Consents {
  private static final Logger LOG = LoggerFactory.getLogger(Consents.class);

  /** How long the proof counts that the browser carries to the terminal. */
  private static final Duration PROOF_LIFETIME = Duration.ofSeconds(60);

  private final PendingLogins pending;
  private final LoginStore store;
  private final IdentityRegistry registry;
  private final LoginEntries entries;
  private final RefusalLog refusals;
  private final SignIns.Chance chance;

  public Consents(
      PendingLogins pending,
      LoginStore store,
      IdentityRegistry registry,
      LoginEntries entries,
      RefusalLog refusals,
      SignIns.Chance chance) {
    this.pending = pending;
    this.store = store;
    this.registry = registry;
    this.entries = entries;
    this.refusals = refusals;
    this.chance = chance;
  }

  /** A login whose page this browser may see. */
  private record Shown(PendingLogin login, Stage.SignedIn stage) {
    Identity identity() {
      return stage.by().identity();
    }
  }

  public ConsentPage page(LoginId id, LoginSecret browser) {
    Optional<Shown> shown = shown(id, browser);
    if (shown.isEmpty()) {
      return notShown(id);
    }
    PendingLogin.Facts facts = shown.get().login().facts();
    Identity identity = shown.get().identity();
    try {
      List<LoginView> others =
          store.ofIdentity(identity.id()).stream()
              .map(StoredLogin::view)
              .filter(other -> other.until().isAfter(chance.clock().instant()))
              .toList();
      return new ConsentPage.View(
          id,
          identity.username(),
          identity.provider(),
          facts.key().fingerprint(),
          facts.request().hostname(),
          facts.asker(),
          shown.get().stage().by().browser(),
          facts.mode(),
          others,
          shown.get().stage().csrf());
    } catch (StoreFailed e) {
      LOG.error("logins cannot be read", e);
      return Refusals.UNAVAILABLE;
    }
  }

  /** Takes the form. */
  public ConsentOutcome take(
      LoginId id,
      LoginSecret browser,
      String csrf,
      boolean allowed,
      Optional<String> userCode,
      Visitor visitor) {
    Optional<Shown> found = shown(id, browser);
    if (found.isEmpty()) {
      return notShown(id);
    }
    Shown shown = found.get();
    if (!shown.stage().csrf().matches(csrf)) {
      return Refusals.CONSENT_INVALID;
    }
    if (!allowed) {
      return over(shown, visitor, Refusals.CONSENT_DENIED) ? new ConsentOutcome.Denied() : notNow();
    }
    boolean rightCode =
        shown.login().facts().code().stream()
            .allMatch(code -> userCode.filter(code::matches).isPresent());
    return rightCode ? consented(shown, visitor) : wrongCode(shown, visitor);
  }

  private ConsentOutcome wrongCode(Shown shown, Visitor visitor) {
    Stage.SignedIn stage = shown.stage();
    int left = stage.triesLeft() - 1;
    if (left <= 0) {
      return over(shown, visitor, Refusals.CODE_LOCKED) ? Refusals.CODE_LOCKED : notNow();
    }
    Stage.SignedIn next = new Stage.SignedIn(stage.by(), stage.browser(), stage.csrf(), left);
    return shown.login().move(stage, next) ? new ConsentOutcome.WrongCode(left) : notNow();
  }

  private ConsentOutcome consented(Shown shown, Visitor visitor) {
    PendingLogin login = shown.login();
    Stage.Consenting writing = new Stage.Consenting();
    if (!login.move(shown.stage(), writing)) {
      return notNow();
    }
    // Only who is let in takes a name, so that nobody can squat on another's.
    Optional<LoginRefused> conflict = conflict(shown.identity());
    if (conflict.isPresent() && conflict.get().equals(Refusals.UNAVAILABLE)) {
      var _ = login.move(writing, shown.stage());
      return Refusals.UNAVAILABLE;
    }
    if (conflict.isPresent()) {
      note(shown, visitor, conflict.get());
      var _ = login.move(writing, new Stage.Refused());
      return conflict.get();
    }
    PendingLogin.Facts facts = login.facts();
    try {
      entries.consented(
          facts.id(),
          shown.identity(),
          facts.key(),
          facts.request().hostname(),
          facts.mode(),
          facts.asker(),
          visitor);
    } catch (LedgerUnavailable e) {
      LOG.warn("a consent cannot be written down: {}", e.getMessage());
      var _ = login.move(writing, shown.stage());
      return Refusals.UNAVAILABLE;
    }
    return moveOn(login, writing, shown.stage().by());
  }

  private ConsentOutcome moveOn(PendingLogin login, Stage writing, Stage.SignIn by) {
    Optional<LoginSecret> proof =
        login.facts().mode() == LoginMode.LOOPBACK
            ? Optional.of(chance.secret())
            : Optional.empty();
    Stage next = new Stage.Consented(by, proof, chance.clock().instant().plus(PROOF_LIFETIME));
    if (!login.move(writing, next)) {
      return notNow();
    }
    return proof.isPresent()
        ? new ConsentOutcome.Finish(login.facts().request().port().orElseThrow(), proof.get())
        : new ConsentOutcome.Done();
  }

  private Optional<LoginRefused> conflict(Identity identity) {
    return switch (registry.register(identity)) {
      case Registration.Accepted _ -> Optional.empty();
      case Registration.Unavailable _ -> Optional.of(Refusals.UNAVAILABLE);
      case Registration.UsernameTaken _ ->
          Optional.of(
              Refusals.identity(
                  "username_taken",
                  "Another identity already has this username here.",
                  "Ask an operator: two accounts at the identity providers share one username."));
      case Registration.AccountTaken _ ->
          Optional.of(
              Refusals.identity(
                  "account_taken",
                  "Another identity already has this local account.",
                  "Ask an operator to free the account if it is yours now."));
    };
  }

  private Optional<Shown> shown(LoginId id, LoginSecret browser) {
    return pending
        .find(id)
        .filter(login -> !login.isExpired(chance.clock().instant()))
        .flatMap(login ->
            login.stage() instanceof Stage.SignedIn stage && stage.browser().matches(browser)
                ? Optional.of(new Shown(login, stage))
                : Optional.empty());
  }

  private LoginRefused notShown(LoginId id) {
    return pending
        .find(id)
        .map(login ->
            login.isExpired(chance.clock().instant()) ? Refusals.EXPIRED : Refusals.NOT_NOW)
        .orElse(Refusals.UNKNOWN);
  }

  private boolean over(Shown shown, Visitor visitor, LoginRefused why) {
    boolean moved = shown.login().move(shown.stage(), new Stage.Refused());
    if (moved) {
      note(shown, visitor, why);
    }
    return moved;
  }

  private void note(Shown shown, Visitor visitor, LoginRefused why) {
    Asker asker =
        new Asker(
            Optional.of(shown.login().facts().key()),
            Optional.of(visitor.address()),
            visitor.requestId());
    refusals.record(shown.identity(), asker, List.of(Refusals.reason(why)));
  }

  private static LoginRefused notNow() {
    return Refusals.NOT_NOW;
  }
}
