package dev.daypass.web.login;

import dev.daypass.identity.IdentityId;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the ledger holds of one identity. The root implements it over the store. */
@FunctionalInterface
public interface History {
  /**
   * The newest entries that concern an identity, the newest first.
   *
   * @throws Unreadable if the ledger cannot be read now
   */
  List<Line> of(IdentityId identity, int limit) throws Unreadable;

  /**
   * One entry, as its owner may see it.
   *
   * @param kind the entry's kind on the wire
   * @param outcome one of {@code granted refused failed consented opened ended revoked erased
   *     other}
   * @param facts what else its details tell: role, serial, valid_before, key, hostname, reason
   */
  record Line(
      EntryNumber entry, Instant at, String kind, String outcome, Map<String, String> facts) {}

  /** The ledger cannot be read. */
  final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unreadable(Throwable cause) {
      super("the ledger cannot be read", cause);
    }
  }
}
