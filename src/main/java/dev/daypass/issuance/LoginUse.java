package dev.daypass.issuance;

import dev.daypass.login.LoginId;
import java.time.Instant;
import java.util.Optional;

/**
 * A login by which somebody asks.
 *
 * @param unreachableSince since when its identity provider could not be asked (DESIGN section 4,
 *     Re-check: grace)
 * @param lastCheck when the identity provider last stood by it
 */
public record LoginUse(
    LoginId id, Optional<Instant> unreachableSince, Optional<Instant> lastCheck) {}
