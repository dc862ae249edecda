package dev.daypass.ledger;

import dev.daypass.cert.CertificateContent;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import java.util.Optional;

/**
 * What shall be written down, before it has a number, a time and a salt.
 *
 * @param certificate what the certificate will say, for the kinds that grant one: the serial in it
 *     is replaced by the entry number
 */
public record Draft(
    EntryKind kind,
    JsonObject details,
    Optional<CertificateContent> certificate,
    Optional<JsonObject> publicPart,
    SearchKeys search) {
  /** Leaves room for everything else in an entry of at most 1 KiB. */
  static final int MAX_PUBLIC_BYTES = 768;

  static final int MAX_DETAILS_BYTES = 64 * 1024;

  public Draft {
    require(certificate.isPresent() == kind.commitsToCertificate(), "certificate");
    require(publicPart.isPresent() == kind.hasPublicPart(), "public part");
    require(
        publicPart.isEmpty()
            || (CanonicalJson.encode(publicPart.get()).size() <= MAX_PUBLIC_BYTES
                && PublicPart.problem(kind, publicPart.get()).isEmpty()),
        "public part");
    require(details.value(Details.SALT).isEmpty(), "salt: the ledger draws it");
  }

  /** A draft of a kind that has details only. */
  public static Draft of(EntryKind kind, JsonObject details, SearchKeys search) {
    return new Draft(kind, details, Optional.empty(), Optional.empty(), search);
  }

  /** A draft that grants a certificate. */
  public static Draft granting(
      EntryKind kind, JsonObject details, CertificateContent certificate, SearchKeys search) {
    return new Draft(kind, details, Optional.of(certificate), Optional.empty(), search);
  }

  /** A draft with a public part, made by {@link PublicPart}. */
  public static Draft published(EntryKind kind, JsonObject details, JsonObject publicPart) {
    return new Draft(kind, details, Optional.empty(), Optional.of(publicPart), SearchKeys.NONE);
  }

  private void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(kind.wireName() + " with a wrong " + what);
    }
  }
}
