/**
 * Conditions: CEL expressions, compiled once and evaluated with bounded cost.
 *
 * <p>Governed by the CEL language definition (google/cel-spec) and DESIGN section 5. The only
 * package that knows {@code dev.cel}; it knows identities, and requests only as named values.
 *
 * <p>Compiled conditions are immutable; any number of threads may evaluate one at once.
 */
@NullMarked
package dev.daypass.policy.condition;

import org.jspecify.annotations.NullMarked;
