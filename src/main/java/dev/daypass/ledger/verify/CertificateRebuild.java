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
  /** Takes note of an entry; they come in order, and before the grants beside them are rebuilt. */
  default void learn(EntryKind kind, JsonObject details) {}

  /** Rebuilds nothing: commitments are then not opened. */
  CertificateRebuild NONE = (_, _) -> Optional.empty();

  /**
   * Empty for a kind whose details are not known here.
   *
   * @throws RebuildFailed if the details of a known kind do not hold a certificate
   */
  Optional<CertificateContent> content(EntryKind kind, JsonObject details) throws RebuildFailed;
}
