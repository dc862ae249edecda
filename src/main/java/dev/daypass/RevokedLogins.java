package dev.daypass;

import dev.daypass.identity.IdentityId;
import dev.daypass.identity.Username;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginDesk;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginView;
import dev.daypass.login.Logins.OpenLogin;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.login.store.LoginStore;
import dev.daypass.revocation.LoginEnds;
import dev.daypass.ssh.Fingerprint;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Ends logins for revocation. */
record RevokedLogins(LoginDesk desk, LoginStore store) implements LoginEnds {
  @Override
  public List<LoginId> ofUser(Username user) throws StoreFailed {
    return find(login -> login.username().equals(user));
  }

  @Override
  public Optional<LoginId> ofKey(Fingerprint key) throws StoreFailed {
    return find(login -> login.key().equals(key)).stream().findFirst();
  }

  @Override
  public Optional<IdentityId> ownerOf(LoginId login) {
    return desk.find(login).map(OpenLogin::owner);
  }

  @Override
  public Optional<IdentityId> ownerOf(Fingerprint key) throws StoreFailed {
    return store.boundTo(key);
  }

  @Override
  public EndOutcome end(List<LoginId> logins, Ender ender) {
    return desk.open().end(logins, ender);
  }

  private List<LoginId> find(Predicate<LoginView> wanted) throws StoreFailed {
    return desk.all().stream().map(OpenLogin::view).filter(wanted).map(LoginView::id).toList();
  }
}
