/**
 * What each step of a login answers: a value of its own, or a {@link
 * dev.daypass.login.outcome.LoginRefused} with a stable code.
 *
 * <p>DESIGN section 4 (Login, Re-check) governs it. Nothing here knows HTTP; the edge gives codes
 * their status. Every type is an immutable value and safe to share between threads.
 */
@NullMarked
package dev.daypass.login.outcome;

import org.jspecify.annotations.NullMarked;
