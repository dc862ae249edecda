/**
 * Decide, log, sign, release: how a request of a known identity becomes a user certificate.
 *
 * <p>Governed by DESIGN sections 4 (steps 2 to 4), 5 (principals, narrowing, key ID) and 6 (what an
 * entry says, the budget of refusals). It knows neither HTTP nor SQL nor where an identity came
 * from; it sees policy as a pure function, the ledger as something that answers once an entry is
 * durable, and the signer as something that may refuse.
 *
 * <p>Threading: one virtual thread a request. The maps that outlive a request (idempotency, refusal
 * budgets) name the lock that guards them.
 */
@NullMarked
package dev.daypass.issuance;

import org.jspecify.annotations.NullMarked;
