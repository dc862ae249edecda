package dev.daypass.issuance.replay;

import dev.daypass.identity.Identity;
import dev.daypass.policy.AccessRequest;
import java.time.Instant;

/**
 * Something that was asked for, as far as details tell it.
 *
 * @param identity without the claims that its token carried
 * @param granted whether it was
 */
record PastAsk(Instant at, Identity identity, AccessRequest request, boolean granted) {}
