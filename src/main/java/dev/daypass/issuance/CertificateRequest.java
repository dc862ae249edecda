package dev.daypass.issuance;

import dev.daypass.policy.request.RawRequest;
import java.util.Optional;

/**
 * A request for a certificate as text, before any of it was judged (DESIGN section 5, "A request
 * may only narrow"). The edge has checked names and JSON types only, so that a malformed value of a
 * known identity is refused here, in one place, and written into the ledger.
 *
 * @param publicKey one {@code authorized_keys} line without options; absent means the proven key
 * @param wish the role, and what narrows it
 */
public record CertificateRequest(Optional<String> publicKey, RawRequest wish) {}
