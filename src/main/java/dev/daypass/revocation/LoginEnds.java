package dev.daypass.revocation;

import dev.daypass.identity.IdentityId;
import dev.daypass.identity.Username;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.ssh.Fingerprint;
import java.util.List;
import java.util.Optional;

/** Port: what revocation wants of logins. */
public interface LoginEnds {
  /** The open logins of a username. */
  List<LoginId> ofUser(Username user) throws StoreFailed;

  /** The open login of a key. */
  Optional<LoginId> ofKey(Fingerprint key) throws StoreFailed;

  /** Whose open login this is. */
  Optional<IdentityId> ownerOf(LoginId login) throws StoreFailed;

  /** Whom a key was ever bound to. */
  Optional<IdentityId> ownerOf(Fingerprint key) throws StoreFailed;

  /** Ends those that are still open, and revokes what they hold. */
  EndOutcome end(List<LoginId> logins, Ender ender);
}
