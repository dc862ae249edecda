/**
 * A role as policy states it: one record, and one type for each of its keys that has rules.
 *
 * <p>Governed by DESIGN section 5 ("Role keys, all of them"). It holds what a role says and the
 * checks that need nothing else; it does not know the policy around it, nor how a decision over a
 * whole request is made ({@code policy}), nor the file that it came from ({@code policy.source}).
 *
 * <p>Every type is immutable and safe to share between threads.
 */
@NullMarked
package dev.daypass.policy.role;

import org.jspecify.annotations.NullMarked;
