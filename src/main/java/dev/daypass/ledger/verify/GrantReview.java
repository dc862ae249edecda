package dev.daypass.ledger.verify;

import dev.daypass.cert.CertificateContent;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges grants by what was in force when they were written. Given by whoever wrote the details.
 */
public interface GrantReview {
  /** Judges nothing. */
  GrantReview NONE =
      new GrantReview() {
        @Override
        public void learn(long number, Instant at, EntryKind kind, JsonObject details) {}

        @Override
        public Verdict judge(
            long number, Instant at, CertificateContent content, JsonObject details) {
          return new Verdict(false, Optional.empty());
        }
      };

  /** Takes note of an entry; they come in order, and before the grants beside them are judged. */
  void learn(long number, Instant at, EntryKind kind, JsonObject details);

  /**
   * Judges a grant; by any number of threads at once.
   *
   * @param content what was made again of the details
   */
  Verdict judge(long number, Instant at, CertificateContent content, JsonObject details);

  /**
   * What is to be said of an entry.
   *
   * @param judged whether it is a grant whose policy is known
   */
  record Verdict(boolean judged, Optional<String> objection) {}
}
