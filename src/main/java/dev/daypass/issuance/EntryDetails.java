package dev.daypass.issuance;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.Principal;
import dev.daypass.identity.Account;
import dev.daypass.identity.Email;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The private part of issuance's entries (DESIGN section 6, "Details"): enough to tell an auditor
 * who got what and why, and to rebuild the to-be-signed bytes of every certificate.
 */
final class EntryDetails {
  /** The ledger refuses details of more than 64 KiB, and a refusal must not fail for its words. */
  private static final int MAX_REASONS = 32;

  private static final int MAX_REASON_CHARS = 500;

  private EntryDetails() {}

  static JsonObject granted(Grant grant, CertificateContent content) {
    RequestContext context = grant.context();
    JsonObject.Builder details =
        JsonObject.builder()
            .put("identity", identity(grant.identity()))
            .put("role", grant.decision().role().name().toString())
            .put("rule", grant.decision().rule())
            .put("reason", grant.request().reason())
            .put("key", content.publicKey().line())
            .put("key_id", content.keyId().text())
            .put(
                "principals",
                JsonArray.ofTexts(content.principals().stream().map(Principal::name).toList()))
            .put(
                "hosts",
                JsonArray.ofTexts(
                    grant.decision().hosts().stream().map(h -> h.name().toString()).toList()))
            .put("valid_after", content.window().validAfter().toString())
            .put("valid_before", content.window().validBefore().toString())
            .put("critical_options", options(content.criticalOptions()))
            .put("extensions", options(content.extensions()))
            .put("certificate_nonce", content.nonce().base64Url())
            .put("ca_key", content.caKey().fingerprint().toString())
            .put("policy", grant.policyHash().base64Url())
            .put("address", context.address().map(IpAddress::toString))
            .put("request", context.requestId());
    if (grant.idempotencyKey().isPresent()) {
      details.put("body", context.bodyHash().base64Url());
    }
    return details.build();
  }

  static JsonObject refused(JsonObject identity, Asker asker, List<Reason> reasons) {
    List<JsonValue> told =
        reasons.stream()
            .limit(MAX_REASONS)
            .<JsonValue>map(reason ->
                JsonObject.builder()
                    .put("code", reason.code())
                    .put("detail", beginning(reason.detail()))
                    .build())
            .toList();
    return JsonObject.builder()
        .put("identity", identity)
        .put("key", asker.provenKey().map(key -> key.fingerprint().toString()))
        .put("reasons", new JsonArray(told))
        .put("address", asker.address().map(IpAddress::toString))
        .put("request", asker.requestId())
        .build();
  }

  static JsonObject refusedSummary(JsonObject identity, Instant from, Instant until, int count) {
    return JsonObject.builder()
        .put("identity", identity)
        .put("count", count)
        .put("from", from.toString())
        .put("until", until.toString())
        .build();
  }

  static JsonObject failed(EntryNumber granted, Exception cause) {
    return JsonObject.builder()
        .put("entry", Long.toString(granted.value()))
        .put("cause", cause.getClass().getSimpleName())
        .build();
  }

  static SearchKeys searchKeys(IdentityId id) {
    return new SearchKeys(
        Optional.of(identityKey(id)), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static String identityKey(IdentityId id) {
    return id.issuer() + "\n" + id.subject();
  }

  /** The hash of the request's body; empty if the details hold none. */
  static Optional<String> bodyHash(Bytes details) {
    try {
      return CanonicalJson.decode(details) instanceof JsonObject object
          ? object.text("body")
          : Optional.empty();
    } catch (JsonFormatException _) {
      return Optional.empty();
    }
  }

  /** The first characters, none of them cut in two. */
  private static String beginning(String text) {
    if (text.length() <= MAX_REASON_CHARS) {
      return text;
    }
    boolean cut = Character.isHighSurrogate(text.charAt(MAX_REASON_CHARS - 1));
    return text.substring(0, cut ? MAX_REASON_CHARS - 1 : MAX_REASON_CHARS) + "…";
  }

  /** Somebody who is not admitted. */
  static JsonObject identity(IdentityId id) {
    return JsonObject.builder().put("issuer", id.issuer()).put("subject", id.subject()).build();
  }

  static JsonObject identity(Identity identity) {
    return JsonObject.builder()
        .put("issuer", identity.id().issuer())
        .put("subject", identity.id().subject())
        .put("provider", identity.provider())
        .put("kind", identity.kind().name().toLowerCase(java.util.Locale.ROOT))
        .put("username", identity.username().toString())
        .put("email", identity.verifiedEmail().map(Email::toString))
        .put("account", identity.account().map(Account::toString))
        .put("groups", JsonArray.ofTexts(identity.groups().stream().sorted().toList()))
        .put("authenticated_at", identity.authenticatedAt().map(Instant::toString))
        .put("login_method", identity.loginMethod())
        .build();
  }

  /** Names to data, base64url: the exact bytes, so that the certificate can be rebuilt. */
  private static JsonObject options(CertificateOptions options) {
    JsonObject.Builder members = JsonObject.builder();
    options
        .names()
        .forEach(name -> members.put(name, options.value(name).orElseThrow().base64Url()));
    return members.build();
  }
}
