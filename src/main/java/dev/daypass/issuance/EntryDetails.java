package dev.daypass.issuance;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.Principal;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * The private part of issuance's entries (DESIGN section 6, "Details"): enough to tell an auditor
 * who got what and why, and to rebuild the to-be-signed bytes of every certificate.
 */
final class EntryDetails {
  private EntryDetails() {}

  static JsonObject granted(Grant grant, CertificateContent content) {
    RequestContext context = grant.context();
    JsonObject.Builder details =
        JsonObject.builder()
            .put("identity", IdentityDetails.of(grant.identity()))
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
            .put("request", context.requestId())
            .put("login", context.login().map(login -> login.id().text()))
            .put(
                "login_checked",
                context.login().flatMap(LoginUse::lastCheck).map(Instant::toString))
            .put(
                "grace_since",
                context.login().flatMap(LoginUse::unreachableSince).map(Instant::toString));
    if (grant.idempotencyKey().isPresent()) {
      details.put("body", context.bodyHash().base64Url());
    }
    return details.build();
  }

  static JsonObject failed(EntryNumber granted, String cause) {
    return JsonObject.builder()
        .put("entry", Long.toString(granted.value()))
        .put("cause", cause)
        .build();
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

  /** Names to data, base64url: the exact bytes, so that the certificate can be rebuilt. */
  private static JsonObject options(CertificateOptions options) {
    JsonObject.Builder members = JsonObject.builder();
    options
        .names()
        .forEach(name -> members.put(name, options.value(name).orElseThrow().base64Url()));
    return members.build();
  }
}
