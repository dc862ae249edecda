package dev.daypass.ledger.refusal;

import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.policy.host.HostName;
import java.util.Optional;

/**
 * Who was refused, by what entries about it are found.
 *
 * @param searchKey an issuer is a URL, so none is mistaken for {@code host}
 */
record Refused(String searchKey) {
  static Refused identity(IdentityId id) {
    return new Refused(IdentityDetails.searchKey(id));
  }

  static Refused host(HostName name) {
    return new Refused(hostKey(name));
  }

  static String hostKey(HostName name) {
    return "host\n" + name;
  }

  /**
   * @param role that was asked for
   */
  SearchKeys searchKeys(Optional<String> role) {
    return new SearchKeys(Optional.of(searchKey), role, Optional.empty(), Optional.empty());
  }
}
