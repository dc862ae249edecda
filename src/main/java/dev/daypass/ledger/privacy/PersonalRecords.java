package dev.daypass.ledger.privacy;

import dev.daypass.identity.IdentityId;
import dev.daypass.identity.Username;
import dev.daypass.ledger.store.StoreFailed;
import java.util.Optional;

/** What is known of people beside the ledger: their names, accounts, keys and logins. */
public interface PersonalRecords {
  /** Whose a username is; empty if nobody has brought it. */
  Optional<IdentityId> owner(Username username) throws StoreFailed;

  /** Whether a login of that identity is open, or has ended and is not written down yet. */
  boolean hasLogin(IdentityId id) throws StoreFailed;

  /** Forgets the names, accounts and keys of that identity: whoever brings them next has them. */
  void forget(IdentityId id, Username username) throws StoreFailed;
}
