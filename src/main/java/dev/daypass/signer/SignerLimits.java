package dev.daypass.signer;

import dev.daypass.cert.lint.LintLimits;
import dev.daypass.cert.lint.LintStage;
import java.time.Duration;

/** How far each CA key goes: the bounds that the linter holds a certificate to before signing. */
public record SignerLimits(LintLimits userCa, LintLimits hostCa) {
  public SignerLimits {
    if (userCa.stage() != LintStage.COMPLETE || hostCa.stage() != LintStage.COMPLETE) {
      throw new IllegalArgumentException("what is signed is complete: serial and proof are in it");
    }
  }

  /** The usual bounds with these longest lifetimes, backdating included. */
  public static SignerLimits ofLifetimes(Duration user, Duration host) {
    return new SignerLimits(LintLimits.complete(user), LintLimits.complete(host));
  }
}
