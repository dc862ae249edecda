/**
 * Why an identity was not given what it asked for: stable codes, with words for people.
 *
 * <p>Governed by CASES, whose codes are the ones here, and by STYLE: a refusal is a value that says
 * what, why and what to do. It knows no role, no request and no HTTP status; {@code web} maps each
 * code to one.
 *
 * <p>Every type is immutable, but for {@link dev.daypass.policy.refusal.Reasons}, which is confined
 * to one decision.
 */
@NullMarked
package dev.daypass.policy.refusal;

import org.jspecify.annotations.NullMarked;
