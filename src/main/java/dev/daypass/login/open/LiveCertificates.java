package dev.daypass.login.open;

import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.login.LoginId;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.tlog.EntryNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The certificates of a login whose window has not ended, from the ledger alone: whatever was
 * granted, released or not. What the same key was given under an earlier login is the login's too:
 * a key stands for one identity for ever, and logging in anew must not shield what came before from
 * the provider's word or from a logout.
 */
public final class LiveCertificates {
  private static final int PAGE = 200;

  private final Ledger ledger;
  private final InstantSource clock;

  public LiveCertificates(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Their serials, which are their entries' numbers; the newest first.
   *
   * @param successor an open login of the same key, whose own certificates are left out
   */
  List<EntryNumber> of(StoredLogin login, Optional<LoginId> successor) throws LedgerUnavailable {
    return find(login, successor, Integer.MAX_VALUE);
  }

  boolean any(StoredLogin login) throws LedgerUnavailable {
    return !find(login, Optional.empty(), 1).isEmpty();
  }

  private List<EntryNumber> find(StoredLogin login, Optional<LoginId> successor, int enough)
      throws LedgerUnavailable {
    Instant now = clock.instant();
    List<EntryNumber> live = new ArrayList<>();
    Optional<Long> before = Optional.empty();
    while (live.size() < enough) {
      List<EntryNumber> page = ledger.search(page(login, before));
      for (EntryNumber number : page) {
        if (EntryText.of(ledger, number).filter(d -> isLive(d, successor, now)).isPresent()) {
          live.add(number);
        }
      }
      if (page.size() < PAGE) {
        break;
      }
      before = Optional.of(page.getLast().value());
    }
    return live;
  }

  private static EntrySearch page(StoredLogin login, Optional<Long> before) {
    SearchKeys key =
        new SearchKeys(
            Optional.empty(),
            Optional.empty(),
            Optional.of(login.key().fingerprint()),
            Optional.empty());
    // No bound on the time: a clock that was set back must not hide a certificate.
    return new EntrySearch(
        Optional.of(EntryKind.CERTIFICATE_GRANTED),
        key,
        Optional.empty(),
        Optional.empty(),
        before,
        PAGE);
  }

  private static boolean isLive(JsonObject details, Optional<LoginId> successor, Instant now) {
    Optional<String> login = details.text("login");
    return login.isPresent()
        && !login.equals(successor.map(LoginId::text))
        && details.text("valid_before").filter(end -> isAfter(end, now)).isPresent();
  }

  /** What cannot be read counts as live: one serial too many in a list of revoked ones is safe. */
  private static boolean isAfter(String end, Instant now) {
    try {
      return Instant.parse(end).isAfter(now);
    } catch (DateTimeException _) {
      return true;
    }
  }
}
