package dev.daypass.web.api;

import dev.daypass.identity.Identity;
import dev.daypass.revocation.RevocationOutcome;
import dev.daypass.revocation.Target;

/** Revokes for whoever asks, if that may be. */
@FunctionalInterface
public interface RevocationDesk {
  RevocationOutcome revoke(Target target, Identity asker, boolean operator, String why);
}
