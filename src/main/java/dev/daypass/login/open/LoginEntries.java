package dev.daypass.login.open;

import dev.daypass.identity.Identity;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The entries of a login: opened, ended, revoked (DESIGN section 6). */
public final class LoginEntries {
  /** How far back an entry of a login is looked for, so that a crash writes none twice. */
  private static final int LOOK_BACK = 200;

  /** Serials in one entry: 1000 take at most 23 KB of the 64 KiB that details may have. */
  static final int SERIALS = 1000;

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
    if (!find(EntryKind.LOGIN_ENDED, login).isEmpty()) {
      return;
    }
    JsonObject details = end(ended).put("revokes", ended.end().revokes()).build();
    append(EntryKind.LOGIN_ENDED, details, keys(login.identity(), login.key()));
  }

  /**
   * Its live certificates do not count any more: as many entries as their serials fill, and what a
   * crash left unwritten alone.
   */
  void revoked(EndedLogin ended, List<EntryNumber> serials) throws LedgerUnavailable {
    StoredLogin login = ended.login();
    Set<String> written = serials.isEmpty() ? Set.of() : revokedBefore(login);
    List<String> left =
        serials.stream()
            .map(serial -> Long.toString(serial.value()))
            .filter(serial -> !written.contains(serial))
            .toList();
    for (int from = 0; from < left.size(); from += SERIALS) {
      List<String> some = left.subList(from, Math.min(left.size(), from + SERIALS));
      JsonObject details =
          end(ended).put("target", "login").put("serials", JsonArray.ofTexts(some)).build();
      append(EntryKind.REVOCATION_ADDED, details, keys(login.identity(), login.key()));
    }
  }

  private Set<String> revokedBefore(StoredLogin login) throws LedgerUnavailable {
    Set<String> serials = new HashSet<>();
    for (JsonObject revocation : find(EntryKind.REVOCATION_ADDED, login)) {
      if (revocation.value("serials").orElse(null) instanceof JsonArray(var values)) {
        values.forEach(value -> {
          if (value instanceof JsonText(String serial)) {
            serials.add(serial);
          }
        });
      }
    }
    return serials;
  }

  /** The details of what was written of this login. */
  private List<JsonObject> find(EntryKind kind, StoredLogin login) throws LedgerUnavailable {
    EntrySearch search =
        EntrySearch.of(Optional.of(kind), keyOf(login.key().fingerprint()), LOOK_BACK);
    List<JsonObject> found = new ArrayList<>();
    for (EntryNumber number : ledger.search(search)) {
      EntryText.of(ledger, number)
          .filter(details -> details.text("login").equals(Optional.of(login.id().text())))
          .ifPresent(found::add);
    }
    return found;
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
