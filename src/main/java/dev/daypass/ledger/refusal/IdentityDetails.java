package dev.daypass.ledger.refusal;

import dev.daypass.identity.Account;
import dev.daypass.identity.Email;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import java.time.Instant;
import java.util.Optional;

/** An identity as details tell it, and as it is searched by (DESIGN section 6, "Details"). */
public final class IdentityDetails {
  private IdentityDetails() {}

  /** Somebody who is not admitted. */
  public static JsonObject of(IdentityId id) {
    return JsonObject.builder().put("issuer", id.issuer()).put("subject", id.subject()).build();
  }

  /** All that is known, claims apart. */
  public static JsonObject of(Identity identity) {
    return JsonObject.builder()
        .put("issuer", identity.id().issuer())
        .put("subject", identity.id().subject())
        .put("provider", identity.provider())
        .put("kind", identity.kind().text())
        .put("username", identity.username().toString())
        .put("email", identity.verifiedEmail().map(Email::toString))
        .put("account", identity.account().map(Account::toString))
        .put("groups", JsonArray.ofTexts(identity.groups().stream().sorted().toList()))
        .put("authenticated_at", identity.authenticatedAt().map(Instant::toString))
        .put("login_method", identity.loginMethod())
        .build();
  }

  /** Entries of this identity. */
  public static SearchKeys searchKeys(IdentityId id) {
    return new SearchKeys(
        Optional.of(searchKey(id)), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The identity as a search column has it. */
  public static String searchKey(IdentityId id) {
    return id.issuer() + "\n" + id.subject();
  }
}
