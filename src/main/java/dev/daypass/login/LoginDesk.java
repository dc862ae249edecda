package dev.daypass.login;

import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.open.DueLogins;
import dev.daypass.login.open.OpenLogins;
import dev.daypass.login.outcome.BindOutcome;
import dev.daypass.login.outcome.CallbackOutcome;
import dev.daypass.login.outcome.ConsentOutcome;
import dev.daypass.login.outcome.ConsentPage;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.PendingView;
import dev.daypass.login.outcome.PollOutcome;
import dev.daypass.login.outcome.SignInOutcome;
import dev.daypass.login.outcome.Standing;
import dev.daypass.login.outcome.StartOutcome;
import dev.daypass.login.pending.Binds;
import dev.daypass.login.pending.Consents;
import dev.daypass.login.pending.SignIns;
import dev.daypass.login.pending.Starts;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.ssh.SshPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one desk at which all steps of logins are taken; each step is its own part's work. */
public record LoginDesk(
    Starts starts, SignIns signIns, Consents consents, Binds binds, OpenLogins open, DueLogins due)
    implements Logins {
  @Override
  public StartOutcome start(SshPublicKey provenKey, StartRequest request, Visitor terminal) {
    return starts.start(provenKey, request, terminal);
  }

  @Override
  public Optional<PendingView> pending(LoginId id) {
    return signIns.view(id);
  }

  @Override
  public SignInOutcome signIn(LoginId id, String provider) {
    return signIns.begin(id, provider);
  }

  @Override
  public CallbackOutcome callback(
      String provider,
      Map<String, List<String>> parameters,
      Optional<LoginSecret> browser,
      Visitor visitor) {
    return signIns.finish(provider, parameters, browser, visitor);
  }

  @Override
  public ConsentPage consentPage(LoginId id, LoginSecret browser) {
    return consents.page(id, browser);
  }

  @Override
  public ConsentOutcome consent(
      LoginId id,
      LoginSecret browser,
      String csrf,
      boolean allowed,
      Optional<String> userCode,
      Visitor visitor) {
    return consents.take(id, browser, csrf, allowed, userCode, visitor);
  }

  @Override
  public PollOutcome state(LoginId id, LoginSecret poll) {
    return binds.state(id, poll);
  }

  @Override
  public BindOutcome bind(
      LoginId id,
      LoginSecret poll,
      Optional<LoginSecret> proof,
      LoginSecret helper,
      SshPublicKey provenKey,
      Visitor terminal) {
    return binds.bind(id, new Binds.Evidence(poll, proof, helper, provenKey), terminal);
  }

  @Override
  public Standing standing(SshPublicKey provenKey) {
    return open.standing(provenKey);
  }

  @Override
  public boolean isOpen(LoginId id) {
    return open.isOpen(id);
  }

  @Override
  public Optional<OpenLogin> find(LoginId id) {
    return open.find(id).map(LoginDesk::openLogin);
  }

  @Override
  public List<LoginView> loginsOf(IdentityId identity) {
    try {
      return open.ofIdentity(identity).stream().map(StoredLogin::view).toList();
    } catch (StoreFailed e) {
      throw new IllegalStateException("logins cannot be read", e);
    }
  }

  /** Every login, the newest first, with those whose certificates are still watched. */
  public List<OpenLogin> all() throws StoreFailed {
    return open.all().stream().map(LoginDesk::openLogin).toList();
  }

  @Override
  public EndOutcome end(LoginId id, Ender ender) {
    EndOutcome outcome = open.end(List.of(id), ender);
    return outcome instanceof EndOutcome.Ended(int logins, _) && logins == 0
        ? new LoginRefused(
            LoginFault.LOGIN_UNKNOWN, "There is no such open login.", "Look at the open ones.")
        : outcome;
  }

  @Override
  public EndOutcome endAll(IdentityId identity, Ender ender) {
    return open.endAll(identity, ender);
  }

  /** One round of the background's work; called every few seconds by one thread. */
  public void recheckDue() {
    due.round();
  }

  private static OpenLogin openLogin(StoredLogin login) {
    return new OpenLogin(login.identity().id(), login.view());
  }
}
