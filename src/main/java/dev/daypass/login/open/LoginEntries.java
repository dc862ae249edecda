package dev.daypass.login.open;

import dev.daypass.identity.Identity;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.Visitor;
import dev.daypass.login.store.EndedLogin;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.util.List;
import java.util.Optional;

/** The entries of a login: opened, ended, revoked (DESIGN section 6). */
public final class LoginEntries {
  /** How far back an entry of a login is looked for, so that a crash writes none twice. */
  private static final int LOOK_BACK = 200;

  private final Ledger ledger;

  public LoginEntries(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Consent was given in a browser; nothing is bound yet. */
  public void consented(
      LoginId id,
      Identity identity,
      SshPublicKey key,
      String hostname,
      LoginMode mode,
      IpAddress asker,
      Visitor browser)
      throws LedgerUnavailable {
    JsonObject details =
        opened(id, identity, key, hostname, mode, asker)
            .put("step", "consented")
            .put("browser", browser.address().toString())
            .put("request", browser.requestId())
            .build();
    append(EntryKind.LOGIN_OPENED, details, keys(identity, key));
  }

  /** The key is about to be bound. */
  public void bound(StoredLogin login, Visitor terminal) throws LedgerUnavailable {
    JsonObject details =
        opened(
                login.id(),
                login.identity(),
                login.key(),
                login.hostname(),
                login.mode(),
                login.address())
            .put("step", "bound")
            .put("bound_from", terminal.address().toString())
            .put("until", login.until().toString())
            .put("renewable", login.token().isPresent())
            .put("request", terminal.requestId())
            .build();
    append(EntryKind.LOGIN_OPENED, details, keys(login.identity(), login.key()));
  }

  /** A login has ended; written once, also if a crash makes it be asked for again. */
  void ended(EndedLogin ended) throws LedgerUnavailable {
    StoredLogin login = ended.login();
    if (find(EntryKind.LOGIN_ENDED, login).isPresent()) {
      return;
    }
    append(EntryKind.LOGIN_ENDED, end(ended).build(), keys(login.identity(), login.key()));
  }

  /** Its live certificates do not count any more; written once. */
  void revoked(EndedLogin ended, List<EntryNumber> serials) throws LedgerUnavailable {
    StoredLogin login = ended.login();
    if (serials.isEmpty() || find(EntryKind.REVOCATION_ADDED, login).isPresent()) {
      return;
    }
    JsonObject details =
        end(ended)
            .put(
                "serials",
                JsonArray.ofTexts(
                    serials.stream().map(serial -> Long.toString(serial.value())).toList()))
            .build();
    append(EntryKind.REVOCATION_ADDED, details, keys(login.identity(), login.key()));
  }

  private Optional<EntryNumber> find(EntryKind kind, StoredLogin login) throws LedgerUnavailable {
    EntrySearch search =
        EntrySearch.of(Optional.of(kind), keyOf(login.key().fingerprint()), LOOK_BACK);
    for (EntryNumber number : ledger.search(search)) {
      Optional<String> id = EntryText.of(ledger, number).flatMap(details -> details.text("login"));
      if (id.equals(Optional.of(login.id().text()))) {
        return Optional.of(number);
      }
    }
    return Optional.empty();
  }

  private void append(EntryKind kind, JsonObject details, SearchKeys keys)
      throws LedgerUnavailable {
    var _ = ledger.append(Draft.of(kind, details, keys));
  }

  private static JsonObject.Builder opened(
      LoginId id,
      Identity identity,
      SshPublicKey key,
      String hostname,
      LoginMode mode,
      IpAddress asker) {
    return JsonObject.builder()
        .put("login", id.text())
        .put("identity", IdentityDetails.of(identity))
        .put("key", key.fingerprint().toString())
        .put("hostname", hostname)
        .put("mode", mode.text())
        .put("address", asker.toString());
  }

  private static JsonObject.Builder end(EndedLogin ended) {
    StoredLogin login = ended.login();
    return JsonObject.builder()
        .put("login", login.id().text())
        .put("identity", IdentityDetails.of(login.identity()))
        .put("key", login.key().fingerprint().toString())
        .put("hostname", login.hostname())
        .put("ended_at", ended.endedAt().toString())
        .put("cause", ended.end().cause())
        .put("by", ended.end().by())
        .put("why", ended.end().why());
  }

  private static SearchKeys keys(Identity identity, SshPublicKey key) {
    return new SearchKeys(
        Optional.of(IdentityDetails.searchKey(identity.id())),
        Optional.empty(),
        Optional.of(key.fingerprint()),
        Optional.empty());
  }

  private static SearchKeys keyOf(Fingerprint key) {
    return new SearchKeys(Optional.empty(), Optional.empty(), Optional.of(key), Optional.empty());
  }
}
