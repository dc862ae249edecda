package dev.daypass.operator;

import dev.daypass.revocation.RevocationOutcome;
import dev.daypass.revocation.Revocations;
import dev.daypass.revocation.Revoker;
import dev.daypass.revocation.Target;
import dev.daypass.revocation.TargetText;
import dev.daypass.tlog.EntryNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Revocation through the operator's door, CA keys included (CASES 64). */
public record OperatorRevocations(Revocations revocations) {
  static final String FORESEE = "foresee-revocation";
  static final String REVOKE = "revoke";

  private static final String MALFORMED = "refused that names nothing that can be revoked";

  public Map<String, OperatorSocket.Command> commands() {
    return Map.of(FORESEE, this::foresee, REVOKE, this::revoke);
  }

  /** {@code foresee-revocation KIND VALUE}: how many certificates and logins it would take. */
  private String foresee(String operator, List<String> words) {
    return words.size() == 2
        ? target(words).map(revocations::foresee).map(OperatorRevocations::answer).orElse(MALFORMED)
        : MALFORMED;
  }

  /** {@code revoke KIND VALUE REASON}. */
  private String revoke(String operator, List<String> words) {
    Revoker revoker = new Revoker.Local(operator);
    return words.size() == 3
        ? target(words)
            .map(target -> revocations.revoke(target, revoker, words.get(2)))
            .map(OperatorRevocations::answer)
            .orElse(MALFORMED)
        : MALFORMED;
  }

  private static Optional<Target> target(List<String> words) {
    return TargetText.parse(words.get(0), words.get(1));
  }

  /** {@code done CERTIFICATES LOGINS [ENTRY]}. */
  private static String answer(RevocationOutcome outcome) {
    return switch (outcome) {
      case RevocationOutcome.Done(var entry, int certificates, int logins) ->
          "done "
              + certificates
              + " "
              + logins
              + entry.map(EntryNumber::toString).map(number -> " " + number).orElse("");
      case RevocationOutcome.Refused refused -> "refused " + refused.detail();
    };
  }
}
