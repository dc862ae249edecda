package dev.daypass.issuance;

import dev.daypass.identity.Identity;
import dev.daypass.policy.AccessRequest;
import dev.daypass.policy.Decision;
import dev.daypass.ssh.Bytes;
import java.util.Optional;

/** A granted request on its way to its entry: everything that the entry's details will say. */
record Grant(
    Identity identity,
    AccessRequest request,
    Decision.Granted decision,
    Bytes policyHash,
    RequestContext context,
    Optional<IdempotencyKey> idempotencyKey) {}
