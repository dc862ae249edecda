package dev.daypass.ledger.verify;

import dev.daypass.cert.CertificateContent;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import java.util.Optional;

/**
 * Makes a certificate's content again from the details of its entry, whatever its serial. Given by
 * whoever wrote the details.
 */
@FunctionalInterface
public interface CertificateRebuild {
  /** Rebuilds nothing: commitments are then not opened. */
  CertificateRebuild NONE = (_, _) -> Optional.empty();

  Optional<CertificateContent> content(EntryKind kind, JsonObject details);
}
