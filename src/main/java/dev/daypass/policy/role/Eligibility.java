package dev.daypass.policy.role;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityKind;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.refusal.RefusalReason;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a role is for (DESIGN section 5, {@code for}).
 *
 * @param issuers the configured names of the providers; empty means the primary one
 */
public record Eligibility(IdentityKind kind, Set<String> issuers) {

  /** Persons of the primary issuer: what a role means that says nothing. */
  public static final Eligibility PERSON = new Eligibility(IdentityKind.PERSON, Set.of());

  public Eligibility {
    issuers = Set.copyOf(issuers);
    if (kind == IdentityKind.SERVICE && issuers.isEmpty()) {
      throw new IllegalArgumentException("a role for services names their issuers");
    }
  }

  /** Why this identity may not hold the role, whatever its conditions say. */
  public Optional<RefusalReason> refusal(Identity identity) {
    if (identity.kind() != kind) {
      return Optional.of(
          new RefusalReason(
              RefusalCode.KIND_NOT_ALLOWED,
              "This role is for a " + kind.text() + "; you are a " + identity.kind().text() + ".",
              "Ask for a role that is for a " + identity.kind().text() + "."));
    }
    boolean accepted =
        issuers.isEmpty() ? identity.primary() : issuers.contains(identity.provider());
    return accepted
        ? Optional.empty()
        : Optional.of(
            new RefusalReason(
                RefusalCode.ISSUER_NOT_ALLOWED,
                "This role does not accept identities of " + identity.provider() + ".",
                "Log in with an identity provider that the role names."));
  }
}
