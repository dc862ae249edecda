/**
 * The decision whether an identity may hold a role or a duty.
 *
 * <p>Governed by DESIGN section 5 and by CASES 1 to 31, 43 and 44. {@link
 * dev.daypass.policy.Policy#decide} is a pure function of policy, identity, request and time:
 * nothing here reads a clock, a file or the network, and a refusal is a value that names every
 * reason.
 *
 * <p>{@code policy.role} is what a role says, {@code policy.host} a server, {@code policy.refusal}
 * a reason against. {@code policy.source} turns what a file says into a {@link
 * dev.daypass.policy.Policy}, {@code policy.request} turns what an asker says into an {@link
 * dev.daypass.policy.AccessRequest}, {@code policy.condition} holds CEL, {@code policy.address} IP
 * addresses.
 *
 * <p>Every type is immutable and safe to share between threads.
 */
@NullMarked
package dev.daypass.policy;

import org.jspecify.annotations.NullMarked;
