/**
 * From what an asker says to an {@link dev.daypass.policy.AccessRequest}.
 *
 * <p>Governed by DESIGN section 5 ("A request may only narrow") and CASES 1 to 31: whatever is
 * outside a grammar is refused with its code, never repaired. It knows neither JSON nor forms.
 *
 * <p>Stateless; safe to use from any thread.
 */
@NullMarked
package dev.daypass.policy.request;

import org.jspecify.annotations.NullMarked;
